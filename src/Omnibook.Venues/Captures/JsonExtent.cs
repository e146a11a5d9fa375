namespace Omnibook.Venues.Captures;

/// <summary>Follows brackets and strings to tell where a JSON value ends that came in pieces. What is between them is not judged.</summary>
internal struct JsonExtent
{
    private int _depth;
    private bool _isInString;
    private bool _isEscaped;
    private bool _hasBegun;

    /// <summary>True once every bracket that was opened is closed.</summary>
    public readonly bool IsComplete => _hasBegun && _depth <= 0 && !_isInString;

    /// <summary>Goes on over the next piece.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        foreach (var letter in piece)
        {
            if (_isInString)
            {
                _isInString = _isEscaped || letter != '"';
                _isEscaped = !_isEscaped && letter == '\\';
            }
            else
            {
                _isInString = letter == '"';
                Count(letter);
            }
        }
    }

    private void Count(byte letter)
    {
        if (letter is (byte)'{' or (byte)'[')
        {
            _depth++;
            _hasBegun = true;
        }
        else if (letter is (byte)'}' or (byte)']')
        {
            _depth--;
        }
    }
}
