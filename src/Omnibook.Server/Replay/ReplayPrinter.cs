using System.Globalization;
using System.Text.Json;

namespace Omnibook.Server.Replay;

/// <summary>Prints a report, for people or as one JSON object.</summary>
internal static class ReplayPrinter
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Prints the report.</summary>
    public static void Print(ReplayReport report, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(report, Json));
            return;
        }

        output.WriteLine($"Replayed {string.Join(", ", report.Files)} as {report.Venue}");
        output.WriteLine($"  messages  {Number(report.Messages)} in {report.Seconds} s, {Number((long)report.MessagesPerSecond)}/s "
            + $"({Number(report.Data)} data, {Number(report.Snapshots)} snapshots, {Number(report.Control)} control, {Number(report.Unknown)} unknown, {Number(report.Malformed)} malformed)");
        output.WriteLine($"  levels    {Number(report.Levels)}");
        output.WriteLine($"  gaps      {Number(report.Gaps)}");
        foreach (var (symbol, book) in report.Books)
        {
            PrintBook(symbol, book, output);
        }

        foreach (var (symbol, trades) in report.Trades)
        {
            output.WriteLine($"  {symbol}  {Number(trades.Count)} trades, {trades.Base} base, {trades.Quote} quote, ids {trades.FirstId} to {trades.LastId}, {Number(trades.BuyerMaker)} with the buyer as maker");
        }
    }

    private static void PrintBook(string symbol, BookReport book, TextWriter output)
    {
        output.WriteLine($"  {symbol}  {book.State}, best bid {Level(book.BestBid)}, best ask {Level(book.BestAsk)}, {Number(book.BidLevels)} bids, {Number(book.AskLevels)} asks");
        output.WriteLine($"            {Number(book.MessagesApplied)} messages applied, {Number(book.Gaps)} gaps, {Number(book.Resyncs)} resyncs, {Number(book.CrossedAfterMessage)} crossed, {Number(book.DeletesOfAbsentLevel)} deletes of absent levels");
        output.WriteLine($"            sha256 {book.Sha256AllLevels}");
    }

    private static string Level(IReadOnlyList<string>? level) => level is null ? "none" : $"{level[0]} x {level[1]}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
