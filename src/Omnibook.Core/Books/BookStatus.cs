using Omnibook.Core.Events;

namespace Omnibook.Core.Books;

/// <summary>What users are told of a book beside its levels.</summary>
/// <param name="State">How far it can be trusted.</param>
/// <param name="Reason">A stable code of <see cref="StatusReasons"/>; empty when there is nothing to explain.</param>
/// <param name="Since">Since when it is in this state for this reason, by our clock.</param>
/// <param name="Until">Until when a venue wants to be left alone; unknown when it did not say.</param>
/// <param name="Resyncs">How often the book has lost the venue's thread and had to begin anew.</param>
public readonly record struct BookStatus(BookState State, string Reason, Timestamp Since, Timestamp Until, long Resyncs);
