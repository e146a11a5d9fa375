using Omnibook.Core.Instruments;

namespace Omnibook.Server.Pipeline.Trades;

/// <summary>Who writes down what was missed, so that another process can go on with it.</summary>
/// <param name="Missing">Takes trades that cannot be had any more.</param>
/// <param name="Unsettled">Told after which trade some may be missing, before any later one comes.</param>
/// <param name="Settled">Told when nothing of an instrument is owed any more.</param>
internal sealed record TradeNotes(Action<TradeHole> Missing, Action<Instrument, TradeMark> Unsettled, Action<Instrument> Settled);
