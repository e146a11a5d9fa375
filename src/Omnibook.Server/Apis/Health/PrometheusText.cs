using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Omnibook.Server.Apis.Health;

/// <summary>
/// Collects the figures of our meter, of the runtime and of the web server, and writes them as Prometheus reads them.
/// </summary>
/// <remarks>
/// <code>
/// # HELP omnibook_ws_clients Sockets that are open.
/// # TYPE omnibook_ws_clients gauge
/// omnibook_ws_clients 3
/// </code>
/// https://prometheus.io/docs/instrumenting/exposition_formats/
/// </remarks>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>The format's content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const int MostSeries = 5_000;

    private static readonly string[] Others =
        ["System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting"];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private int _series;

    /// <summary>Begins to listen.</summary>
    public PrometheusText(Telemetry telemetry)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == telemetry.Meter || Others.Contains(instrument.Meter.Name, StringComparer.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Reads every figure and writes them all.</summary>
    public string Write()
    {
        lock (_gate)
        {
            foreach (var family in _families.Values)
            {
                family.ForgetObserved();
            }
        }

        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach (var (name, family) in _families)
            {
                family.Write(text, name);
            }
        }

        return text.ToString();
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        lock (_gate)
        {
            var name = Family.NameOf(instrument);
            if (!_families.TryGetValue(name, out var family))
            {
                _families.Add(name, family = new Family(instrument));
            }

            // A bound on what strange requests can make us remember.
            if (family.Knows(labels) || _series < MostSeries)
            {
                _series += family.Knows(labels) ? 0 : 1;
                family.Note(labels, value);
            }
        }
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
            var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            labels.Append(labels.Length == 0 ? "" : ",").Append(name.Replace('.', '_')).Append("=\"").Append(escaped).Append('"');
        }

        return labels.ToString();
    }

    /// <summary>All series of one name.</summary>
    private sealed class Family(Instrument instrument)
    {
        private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);
        private readonly bool _isHistogram = IsKind(instrument, typeof(Histogram<>));
        private readonly bool _isUpDown = IsKind(instrument, typeof(UpDownCounter<>));
        private readonly bool _isCounter = IsKind(instrument, typeof(Counter<>)) || IsKind(instrument, typeof(ObservableCounter<>));

        public static string NameOf(Instrument instrument)
        {
            var name = instrument.Name.Replace('.', '_').Replace('-', '_');
            var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
            var total = IsKind(instrument, typeof(Counter<>)) || IsKind(instrument, typeof(ObservableCounter<>)) ? "_total" : "";
            return name + unit + total;
        }

        public bool Knows(string labels) => _series.ContainsKey(labels);

        /// <summary>What is observed is told anew each time; what is counted goes on.</summary>
        public void ForgetObserved()
        {
            foreach (var series in _series.Values)
            {
                series.IsCurrent = !instrument.IsObservable;
            }
        }

        public void Note(string labels, double value)
        {
            if (!_series.TryGetValue(labels, out var series))
            {
                _series.Add(labels, series = new Series());
            }

            var adds = _isHistogram || _isUpDown || (_isCounter && !instrument.IsObservable);
            series.Value = adds ? series.Value + value : value;
            series.Count++;
            series.IsCurrent = true;
        }

        public void Write(StringBuilder text, string name)
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(instrument.Description).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(_isHistogram ? "summary" : _isCounter ? "counter" : "gauge").Append('\n');
            foreach (var (labels, series) in _series.Where(series => series.Value.IsCurrent))
            {
                Line(text, _isHistogram ? name + "_sum" : name, labels, series.Value);
                if (_isHistogram)
                {
                    Line(text, name + "_count", labels, series.Count);
                }
            }
        }

        private static void Line(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0)
            {
                text.Append('{').Append(labels).Append('}');
            }

            text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        private static bool IsKind(Instrument instrument, Type kind) =>
            instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;
    }

    private sealed class Series
    {
        public double Value { get; set; }

        public long Count { get; set; }

        public bool IsCurrent { get; set; }
    }
}
