using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Deliverybot.Jobs.DeployFile.Yaml;

/// <summary>
/// YamlDotNet's parser. On some broken input its scanner throws exceptions of other kinds than its own
/// (for example <see cref="InvalidOperationException"/> for <c>[a</c>, line break, <c>b: {}</c>); they become syntax errors here.
/// </summary>
internal sealed class SteadyParser(string text) : IParser
{
    private readonly Parser inner = new(new StringReader(text));

    public ParsingEvent? Current => inner.Current;

    public bool MoveNext()
    {
        var (start, end) = (Current?.Start ?? Mark.Empty, Current?.End ?? Mark.Empty);
        try
        {
            return inner.MoveNext();
        }
        catch (Exception fault) when (fault is not YamlException)
        {
            throw new SyntaxErrorException(start, end, "what follows can't be read: a bracket, brace or quote may be missing");
        }
    }
}
