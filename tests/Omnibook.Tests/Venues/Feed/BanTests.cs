using System.Net;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>403 means two things, and only the words tell which.</summary>
public sealed class BanTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);

    [Fact]
    public void An_address_that_asked_too_often_waits_ten_minutes()
    {
        var failure = Refused("403, access too frequent. Please try again later.");
        Assert.Equal((RequestFailure.RateLimited, Noon + TimeSpan.FromMinutes(10)), (failure.Failure, failure.Until));
    }

    [Fact]
    public void Any_other_403_is_about_the_region() =>
        Assert.Equal(RequestFailure.GeoBlocked, Refused("<html><title>403 Forbidden</title></html>").Failure);

    private static VenueRequestException Refused(string words)
    {
        using var answer = new HttpResponseMessage(HttpStatusCode.Forbidden);
        return RestFailures.Of(answer, System.Text.Encoding.UTF8.GetBytes(words), Noon, TimeSpan.FromSeconds(5))!;
    }
}
