using Omnibook.Core.Instruments;
using Omnibook.Server.Streams;

namespace Omnibook.Server.Apis.Nbbo;

/// <summary>Writes the four numbers of a quote, exact, from integers.</summary>
internal static class QuoteWriter
{
    /// <summary><c>"best_bid":113690,"best_ask":113680,"spread":-10,"mid_price":113685</c>; null where a side is missing.</summary>
    public static void Write(FrameWriter writer, Price? bid, Price? ask, Scale scale)
    {
        WriteOrNull(writer.Raw("\"best_bid\":"u8), bid, scale);
        WriteOrNull(writer.Raw(",\"best_ask\":"u8), ask, scale);
        if (bid is { } best && ask is { } worst)
        {
            writer.Raw(",\"spread\":"u8).Amount(worst.Units - best.Units, scale).Raw(",\"mid_price\":"u8);
            WriteMiddle(writer, best, worst, scale);
        }
        else
        {
            writer.Raw(",\"spread\":null,\"mid_price\":null"u8);
        }
    }

    private static void WriteOrNull(FrameWriter writer, Price? price, Scale scale)
    {
        if (price is { } known)
        {
            writer.Amount(known.Units, scale);
        }
        else
        {
            writer.Raw("null"u8);
        }
    }

    /// <summary>Half the sum; an odd sum needs one decimal more than the prices have.</summary>
    private static void WriteMiddle(FrameWriter writer, Price bid, Price ask, Scale scale)
    {
        var sum = (Int128)bid.Units + ask.Units;
        if (Int128.IsEvenInteger(sum))
        {
            writer.Amount((long)(sum / 2), scale);
        }
        else if (scale.Decimals < Scale.MaxDecimals && sum * 5 <= long.MaxValue)
        {
            writer.Amount((long)(sum * 5), new Scale(scale.Decimals + 1));
        }
        else
        {
            writer.Decimal((scale.ToDecimal(bid.Units) + scale.ToDecimal(ask.Units)) / 2);
        }
    }
}
