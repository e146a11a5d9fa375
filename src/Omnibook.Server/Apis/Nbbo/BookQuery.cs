namespace Omnibook.Server.Apis.Nbbo;

/// <summary>Which book is asked for.</summary>
/// <param name="Coin">The venue's spelling.</param>
/// <param name="Figures">Significant figures to group by, or null for every price.</param>
/// <param name="Mantissa">Step of the last of five figures, or null.</param>
internal sealed record BookQuery(string Coin, int? Figures, int? Mantissa)
{
    private const int LongestCoin = 64;

    /// <summary>True when the venue groups the levels; 1 as mantissa means no grouping beyond the figures.</summary>
    public bool IsGrouped => Figures is not null;

    /// <summary>Reads the query of a request.</summary>
    public static BookQuery Read(QueryReader query)
    {
        var read = new BookQuery(query.Required("coin"), query.Integer("n_sig_figs", 2, 5), query.Integer("mantissa", 1, 5));
        if (read.Coin.Length > LongestCoin)
        {
            query.Complain("coin", $"Input should have at most {LongestCoin} characters", "string_too_long", read.Coin);
        }

        if (read.Mantissa is not (null or 1 or 2 or 5))
        {
            query.Complain("mantissa", $"Input should be 1, 2 or 5, not {read.Mantissa}", "value_error", $"{read.Mantissa}");
        }
        else if (read.Mantissa is not null && read.Figures != 5)
        {
            query.Complain("mantissa", "Input is only allowed with n_sig_figs=5", "value_error", $"{read.Mantissa}");
        }

        return read;
    }
}
