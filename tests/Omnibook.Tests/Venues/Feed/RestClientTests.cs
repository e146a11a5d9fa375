using System.Text;
using Microsoft.AspNetCore.Http;
using Omnibook.Tests.Time;
using Omnibook.Venues;
using Omnibook.Venues.Feed;

namespace Omnibook.Tests.Venues.Feed;

/// <summary>Every way in which a REST host can fail has a name.</summary>
public sealed class RestClientTests
{
    private static readonly RestRequest Question = new("question?a=1", 5);

    [Theory]
    [InlineData(200, "<!DOCTYPE html>", RequestFailure.Unreadable)]
    [InlineData(200, "", RequestFailure.Unreadable)]
    [InlineData(200, "  \n", RequestFailure.Unreadable)]
    [InlineData(301, "", RequestFailure.Rejected)]
    [InlineData(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", RequestFailure.Rejected)]
    [InlineData(403, "Request blocked", RequestFailure.GeoBlocked)]
    [InlineData(418, "", RequestFailure.RateLimited)]
    [InlineData(429, "", RequestFailure.RateLimited)]
    [InlineData(451, "{\"code\":0,\"msg\":\"Service unavailable from a restricted location\"}", RequestFailure.GeoBlocked)]
    [InlineData(503, "", RequestFailure.ServerError)]
    public async Task An_answer_that_is_of_no_use_is_named(int status, string body, RequestFailure failure)
    {
        await using var server = await AnsweringAsync(status, body);
        using var rest = new RestClient(server.Rest, new VenueRules(), new ManualTimeProvider());
        var thrown = await Assert.ThrowsAsync<VenueRequestException>(() => rest.SendAsync(Question, TestContext.Current.CancellationToken));
        Assert.Equal((failure, status), (thrown.Failure, thrown.StatusCode));
        Assert.Equal(string.IsNullOrWhiteSpace(body) ? null : body, thrown.VenueMessage);
    }

    [Fact]
    public async Task A_usable_answer_comes_back_as_its_bytes()
    {
        await using var server = await AnsweringAsync(200, " [1,2]");
        using var rest = new RestClient(server.Rest, new VenueRules(), new ManualTimeProvider());
        var body = await rest.SendAsync(Question, TestContext.Current.CancellationToken);
        Assert.Equal(" [1,2]", Encoding.UTF8.GetString(body));
        Assert.Equal(["/question?a=1"], server.Requests);
    }

    [Fact]
    public async Task A_body_is_posted_as_JSON()
    {
        var received = "";
        await using var server = await FakeVenueServer.StartAsync();
        server.OnRequest = async context =>
        {
            received = $"{context.Request.Method} {context.Request.ContentType} {await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted)}";
            await context.Response.WriteAsync("{}");
        };
        using var rest = new RestClient(server.Rest, new VenueRules(), new ManualTimeProvider());
        await rest.SendAsync(new RestRequest("/info", 2, "{\"type\":\"meta\"}"u8.ToArray()), TestContext.Current.CancellationToken);
        Assert.Equal("POST application/json {\"type\":\"meta\"}", received);
    }

    [Fact]
    public async Task Broken_compression_is_unreadable()
    {
        await using var server = await FakeVenueServer.StartAsync();
        server.OnRequest = context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.WriteAsync("this is no gzip");
        };
        await FailsAsync(server, RequestFailure.Unreadable);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_unreadable()
    {
        await using var server = await AnsweringAsync(200, "[" + new string(' ', 5000) + "]");
        await FailsAsync(server, RequestFailure.Unreadable, new RestClientOptions { MaxAnswerBytes = 4096 });
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_is_said_to_be_so()
    {
        using var rest = new RestClient(new Uri("http://127.0.0.1:1/"), new VenueRules(), new ManualTimeProvider());
        var thrown = await Assert.ThrowsAsync<VenueRequestException>(() => rest.SendAsync(Question, TestContext.Current.CancellationToken));
        Assert.Equal(RequestFailure.Unreachable, thrown.Failure);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up_after_three_seconds()
    {
        var clock = new ManualTimeProvider();
        await using var server = await FakeVenueServer.StartAsync();
        server.OnRequest = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        using var rest = new RestClient(server.Rest, new VenueRules(), clock);
        var answer = rest.SendAsync(Question, TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => server.Requests.Count == 1, "the request");
        clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(answer.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        var thrown = await Assert.ThrowsAsync<VenueRequestException>(() => answer);
        Assert.Equal(RequestFailure.TimedOut, thrown.Failure);
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_not_told_of_a_time_out()
    {
        await using var server = await FakeVenueServer.StartAsync();
        server.OnRequest = context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        using var rest = new RestClient(server.Rest, new VenueRules(), new ManualTimeProvider());
        using var giveUp = new CancellationTokenSource();
        var answer = rest.SendAsync(Question, giveUp.Token);
        await Eventually.HoldsAsync(() => server.Requests.Count == 1, "the request");
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Theory]
    [InlineData("7", "", 7)]
    [InlineData("Fri, 20 Nov 2026 12:02:00 GMT", "", 120)]
    [InlineData(null, "{\"code\":-1003,\"msg\":\"Way too many requests; IP banned until 1795176300000. Please\"}", 300)]
    [InlineData("soon", "", 60)]
    public async Task After_a_refusal_the_host_is_not_asked_until_the_venue_allows_it(string? retryAfter, string body, int seconds)
    {
        var clock = new ManualTimeProvider();
        await using var server = await AnsweringAsync(429, body, retryAfter);
        using var rest = new RestClient(server.Rest, new VenueRules(), clock);
        for (var i = 0; i < 3; i++)
        {
            var thrown = await Assert.ThrowsAsync<VenueRequestException>(() => rest.SendAsync(Question, TestContext.Current.CancellationToken));
            Assert.Equal(ManualTimeProvider.DefaultStart.AddSeconds(seconds), thrown.Until);
        }

        Assert.Single(server.Requests);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Null(rest.BlockedUntil);
        await Assert.ThrowsAsync<VenueRequestException>(() => rest.SendAsync(Question, TestContext.Current.CancellationToken));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_ban_survives_a_restart()
    {
        await using var server = await AnsweringAsync(200, "{}");
        using var rest = new RestClient(server.Rest, new VenueRules(), new ManualTimeProvider());
        rest.RestoreBlock(ManualTimeProvider.DefaultStart.AddMinutes(2));
        await Assert.ThrowsAsync<VenueRequestException>(() => rest.SendAsync(Question, TestContext.Current.CancellationToken));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_venues_own_count_is_believed_when_it_is_higher()
    {
        await using var server = await FakeVenueServer.StartAsync();
        server.OnRequest = context =>
        {
            context.Response.Headers["X-Used"] = "900";
            return context.Response.WriteAsync("{}");
        };
        using var rest = new RestClient(server.Rest, new VenueRules { UsedWeightHeader = "X-Used" }, new ManualTimeProvider());
        await rest.SendAsync(Question, TestContext.Current.CancellationToken);
        Assert.Equal(900, rest.Budget.Spent);
    }

    private static async Task<FakeVenueServer> AnsweringAsync(int status, string body, string? retryAfter = null)
    {
        var server = await FakeVenueServer.StartAsync();
        server.OnRequest = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            context.Response.Headers.Location = status == 301 ? "http://elsewhere.invalid/" : null;
            return context.Response.WriteAsync(body);
        };
        return server;
    }

    private static async Task FailsAsync(FakeVenueServer server, RequestFailure failure, RestClientOptions? options = null)
    {
        using var rest = new RestClient(server.Rest, new VenueRules(), new ManualTimeProvider(), options);
        var thrown = await Assert.ThrowsAsync<VenueRequestException>(() => rest.SendAsync(Question, TestContext.Current.CancellationToken));
        Assert.Equal(failure, thrown.Failure);
    }
}
