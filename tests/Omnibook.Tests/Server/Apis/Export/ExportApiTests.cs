using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Omnibook.History.Database;
using Omnibook.Server.Apis.Export;
using Omnibook.Tests.History.Database;

namespace Omnibook.Tests.Server.Apis.Export;

public sealed class ExportApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_comes_as_an_attachment_with_a_name_of_ours_and_is_gone_afterwards()
    {
        await using var desk = new HistoryDesk();
        desk.Journal.AddMany(500, TimeSpan.FromMinutes(5));
        await using var host = await StartAsync(await desk.CatchUpAsync());
        using var client = ClientOf(host);
        using var answer = await client.GetAsync("/v1/export/trades?venue=binance-usdm", Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("omnibook-trades.parquet", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition.DispositionType);
        Assert.Equal("500", Assert.Single(answer.Headers.GetValues(ExportApi.RowsHeader)));
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal("PAR1"u8.ToArray(), bytes[..4]);
        Assert.Equal("PAR1"u8.ToArray(), bytes[^4..]);
        await Omnibook.Tests.Time.Eventually.HoldsAsync(() => Directory.GetFiles(Path.Combine(desk.Folder, "exports")).Length == 0, "the file is gone");
    }

    [Theory]
    [InlineData("/v1/export/trades?symbol=BTCUSDT';DROP%20TABLE%20p1.trades;--", HttpStatusCode.NotFound)]
    [InlineData("/v1/export/trades?symbol=..%2F..%2Fetc%2Fpasswd", HttpStatusCode.NotFound)]
    [InlineData("/v1/export/..%2F..%2Ftrades", HttpStatusCode.NotFound)]
    [InlineData("/v1/export/trades'", HttpStatusCode.NotFound)]
    [InlineData("/v1/export/trades?venue=x'%20OR%201=1", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/v1/export/trades?from=1;SELECT%201", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/v1/export/trades?from=1795209600000&to=1795209600000", HttpStatusCode.UnprocessableEntity)]
    [InlineData("/v1/export/candles?interval=1%27", HttpStatusCode.UnprocessableEntity)]
    public async Task Strange_values_are_refused_and_harm_nothing(string path, HttpStatusCode expected)
    {
        await using var desk = new HistoryDesk();
        desk.Journal.AddMany(50, TimeSpan.FromMinutes(5));
        var database = await desk.CatchUpAsync();
        await using var host = await StartAsync(database);
        using var client = ClientOf(host);
        using var answer = await client.GetAsync(path, Cancellation);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(50, database.Status.Trades);
        using var whole = await client.GetAsync("/v1/export/trades", Cancellation);
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
    }

    [Fact]
    public async Task A_server_without_history_says_so()
    {
        await using var host = await StartAsync(null);
        using var client = ClientOf(host);
        using var answer = await client.GetAsync("/v1/export/trades", Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("keeps no history", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(HistoryDatabase? database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<Func<HistoryDatabase?>>(() => database);
        var app = builder.Build();
        app.MapExport();
        await app.StartAsync(Cancellation);
        return app;
    }

    private static HttpClient ClientOf(WebApplication host) => new() { BaseAddress = new Uri(host.Urls.First()) };
}
