using Omnibook.Tests.Venues.Hyperliquid;

namespace Omnibook.Tests.Venues;

/// <summary>JKorf's samples: of a call, method and path before the body; of a subscription, <c>&gt;</c> request, <c>&lt;</c> answer and <c>=</c> update.</summary>
internal static class SampleFiles
{
    /// <summary>The body of a sampled call.</summary>
    public static string Body(string file)
    {
        var text = SharedCaptures.Read(file);
        var lines = text.Split('\n');
        return string.Join('\n', lines.SkipWhile(line => !line.StartsWith('{')));
    }

    /// <summary>The answers and updates of a sampled subscription.</summary>
    public static string[] Answers(string file)
    {
        var answers = new List<string>();
        var isAnswer = false;
        foreach (var line in SharedCaptures.Read(file).Split('\n'))
        {
            if (line.Length > 0 && line[0] is '<' or '=' or '>')
            {
                isAnswer = line[0] != '>';
                if (isAnswer)
                {
                    answers.Add(line[1..].TrimStart("0123456789".ToCharArray()));
                }
            }
            else if (isAnswer)
            {
                answers[^1] += "\n" + line;
            }
        }

        return [.. answers];
    }
}
