using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Omnibook.History;
using Omnibook.Server.Access;
using Omnibook.Tests.Server.Commands;

namespace Omnibook.Tests.Server.Trading;

/// <summary>The whole program in demo mode with orders switched on: an order is placed over HTTP, filled by the simulated venue, and seen in positions.</summary>
public sealed class DemoOrderTests : IDisposable
{
    private const string Canary = "0xfeedfacefeedfacefeedfacefeedfacefeedfacefeedfacefeedfacefeedface";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("omnibook-demo-orders-");
    private readonly HttpClient _http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_order_placed_over_http_is_filled_and_seen_in_positions()
    {
        var (key, port) = (AddKey(), OmnibookProcess.FreePort());
        using var demo = OmnibookProcess.Start(
            _folder.FullName, $"--demo --port {port} --cryexc-port 0 --log-level TRACE", ("TRADING_MODE", "live"), ("HYPERLIQUID_PRIVATE_KEY", Canary), ("TRADING_MAX_ORDER_USD", "5000"));
        _http.BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/");
        var status = await StatusAsync();
        var account = status.GetProperty("account").GetString();
        Assert.Equal(("live", true), (status.GetProperty("mode").GetString(), status.GetProperty("simulated").GetBoolean()));

        Assert.Equal(401, await PostStatusAsync("orders", new { pair = "BTC-USD", side = "long", size = 0.01m, price = 100000 }));
        Assert.Equal(401, await PostStatusAsync("trading/execute", new { pair = "BTC-USD", side = "long", size = 0.01m, mode = "live" }));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var executed = await PostAsync("trading/execute", new { pair = "BTC-USD", side = "long", size = 0.01m, mode = "live", slippage_tolerance = 0.01m });
        var resting = await PostAsync("orders", new { pair = "BTC-USD", side = "long", size = 0.02m, price = 100000 });
        var changed = await (await _http.PatchAsJsonAsync($"orders/{resting.GetProperty("order_id")}", new { price = 100001 }, Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var open = await GetAsync("orders");
        using var cancelled = await _http.DeleteAsync(new Uri($"orders/{changed.GetProperty("cloid").GetString()}", UriKind.Relative), Cancel);

        Assert.Equal(("filled", "hyperliquid"), (executed.GetProperty("status").GetString(), executed.GetProperty("execution_details").GetProperty("dex").GetString()));
        Assert.Equal(0.01m, executed.GetProperty("execution_details").GetProperty("filled_size").GetDecimal());
        Assert.Equal(100001, Assert.Single(open.EnumerateArray()).GetProperty("price").GetDecimal());
        Assert.Contains("cancelled", await cancelled.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(0, (await GetAsync("orders")).GetArrayLength());
        Assert.Equal(409, await PostStatusAsync("orders", new { pair = "BTC-USD", side = "long", size = 1, price = 100000 }));
        var positions = await GetAsync($"positions?address={account}&dex=hyperliquid");
        var position = Assert.Single(positions.EnumerateArray());
        Assert.Equal(($"hl:{account}:BTC", "long", 0.01m), (position.GetProperty("id").GetString(), position.GetProperty("side").GetString(), position.GetProperty("size").GetDecimal()));
        Assert.Equal(executed.GetProperty("execution_details").GetProperty("estimated_price").GetDecimal(), position.GetProperty("entry_price").GetDecimal(), 3);
        Assert.Equal(409, await PostStatusAsync($"positions/hl:{account}:BTC/close", new { }));
        Assert.Contains("\"kind\":\"outcome\"", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullName, "data", "orders.demo"))), Cancel), StringComparison.Ordinal);
        await AssertNoCanaryAsync(demo);
    }

    /// <summary>The configured key is nowhere: not in the log at its finest, not in a file, not in what the configuration shows.</summary>
    private async Task AssertNoCanaryAsync(OmnibookProcess demo)
    {
        var (_, shown, errors) = await OmnibookProcess.RunAsync(_folder.FullName, "config print", ("TRADING_MODE", "live"), ("HYPERLIQUID_PRIVATE_KEY", Canary));
        Assert.Contains("(hidden)", shown, StringComparison.Ordinal);
        demo.Terminate();
        await demo.ExitAsync();
        var files = string.Concat(Directory.GetFiles(Path.Combine(_folder.FullName, "data"), "*", SearchOption.AllDirectories).Select(file => File.ReadAllText(file, System.Text.Encoding.Latin1)));
        Assert.DoesNotContain(Canary[2..], shown + errors + demo.Output + demo.Errors + files, StringComparison.OrdinalIgnoreCase);
    }

    private string AddKey()
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"));
        var store = new ApiKeyStore(Path.Combine(data.FullName, AccessRules.FileName));
        var (text, id) = KeyText.Create();
        store.Add(new ApiKeyRow(id, "trader", KeyText.Hash(text), Scopes.Format(Scope.Trade), 1, null));
        return text;
    }

    private async Task<JsonElement> StatusAsync()
    {
        for (var tries = 0; tries < 300 && !await AnswersAsync(); tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancel);
        }

        return await GetAsync("orders/status");
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("prices/aggregated/BTC-USD", UriKind.Relative), Cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not yet.
        }
    }

    private async Task<JsonElement> GetAsync(string path) => await _http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Cancel);

    private async Task<int> PostStatusAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Cancel);
        return (int)answer.StatusCode;
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
