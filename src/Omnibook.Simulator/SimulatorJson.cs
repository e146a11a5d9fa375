using System.Text.Encodings.Web;
using System.Text.Json;

namespace Omnibook.Simulator;

/// <summary>Settings for text that is written by the serialiser.</summary>
internal static class SimulatorJson
{
    /// <summary>Escapes only what JSON demands, as venues do.</summary>
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
