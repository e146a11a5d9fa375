using System.Text;
using Omnibook.Simulator.Faults;
using Omnibook.Simulator.Sockets;

namespace Omnibook.Simulator.TreeOfAlpha;

/// <summary>A client of the news socket: sent everything from the beginning, answered in plain words.</summary>
internal sealed class TreeOfAlphaConnection(TreeOfAlphaVenue venue) : VenueConnection(venue)
{
    private const string Login = "login ";

    /// <summary>Whether it has logged in.</summary>
    public bool IsKnown { get; private set; }

    /// <inheritdoc />
    public override IReadOnlyCollection<string> Subscriptions => [TreeOfAlphaVenue.Channel];

    /// <summary>Answers <c>ping</c> and <c>login KEY</c>. Of anything else the venue's pages say nothing, and nothing is answered.</summary>
    public override void Receive(ReadOnlySpan<byte> text)
    {
        var words = Encoding.UTF8.GetString(text);
        if (words == "ping")
        {
            Say("pong");
        }
        else if (words.StartsWith(Login, StringComparison.Ordinal))
        {
            IsKnown = words.Length > Login.Length;
            Say(IsKnown ? "logged in" : "invalid key");
        }
    }

    /// <summary>Sends plain words.</summary>
    public void Say(string words) => Send(FrameTag.Control, Encoding.UTF8.GetBytes(words));

    /// <inheritdoc />
    public override void Forget()
    {
        // It subscribed to nothing: the venue sends to whoever is connected.
    }
}
