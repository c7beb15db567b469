using System.Runtime.CompilerServices;
using System.Text;

namespace Deliverybot.Jobs.Surfaces.Slack.Messages;

/// <summary>Lets what we write pass as markup, and sets everything that is filled in as code.</summary>
[InterpolatedStringHandler]
internal readonly struct MrkdwnHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder _text = new(literalLength + (formattedCount * 16));

    public string Markup => _text.ToString();

    public void AppendLiteral(string ours) => _text.Append(ours);

    public void AppendFormatted(Mrkdwn markup) => _text.Append(markup.Markup);

    public void AppendFormatted<T>(T name) => _text.Append(Mrkdwn.Code(name?.ToString()).Markup);
}
