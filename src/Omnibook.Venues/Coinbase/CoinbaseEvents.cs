using System.Text.Json;

namespace Omnibook.Venues.Coinbase;

/// <summary>Goes over the events of a frame, each an object.</summary>
internal ref struct CoinbaseEvents
{
    /// <summary>Stands at the brace of the event; whoever reads it leaves it at the brace that closes it.</summary>
    public Utf8JsonReader Reader;

    private bool _isOpen;

    public CoinbaseEvents(scoped in CoinbaseEnvelope envelope)
    {
        Reader = envelope.Events;
        _isOpen = envelope.HasEvents && Reader.Read() && Reader.TokenType == JsonTokenType.StartArray;
    }

    /// <summary>Whether the end of the array was reached.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Goes to the next event.</summary>
    public bool TryNext()
    {
        if (_isOpen && Reader.Read() && Reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        IsWhole = _isOpen && Reader.TokenType == JsonTokenType.EndArray;
        _isOpen = false;
        return false;
    }
}
