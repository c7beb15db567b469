using System.Runtime.CompilerServices;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Acts;

/// <summary>
/// What came of an act in a few words, without the full stop. It is written as an interpolated text: what is filled in is a name, which
/// each surface sets as it sets names; a <see cref="Sentence"/> stays text, and a <see cref="LinkedName"/> may lead somewhere.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Headline(int literalLength, int formattedCount)
{
    private readonly List<Part> _parts = new(literalLength > 0 ? formattedCount + 1 : formattedCount);

    public void AppendLiteral(string ours) => _parts.Add(new Part(ours, null, null));

    public void AppendFormatted(Sentence text) => _parts.Add(new Part(null, text, null));

    public void AppendFormatted(LinkedName name) => _parts.Add(new Part(null, null, name));

    public void AppendFormatted<T>(T name) => _parts.Add(new Part(null, null, new LinkedName(name?.ToString() ?? "", null)));

    /// <param name="name">How a name is set; it may have an address.</param>
    /// <param name="text">How a text is set that others have a part in.</param>
    public string Show(Func<string, Uri?, string> name, Func<string, string> text) => string.Concat(_parts.Select(part => part switch
    {
        { Name: { } called } => name(called.Name, called.Address),
        { Text: { } sentence } => text(sentence),
        { Ours: var ours } => ours,
    }));

    /// <summary>As plain text.</summary>
    public override string ToString() => Show((name, _) => name, text => text);

    private readonly record struct Part(string? Ours, Sentence? Text, LinkedName? Name);
}
