using Deliverybot.Jobs.DeployFile.Templates;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile.Reading;

/// <summary>
/// Finds a template's fault in the file. Quotes, escapes and folded lines make places in the value differ from places in the file,
/// so the same <c>${{</c> is counted off in both.
/// </summary>
internal static class TemplatePlace
{
    public static YamlPosition Of(TemplateFault fault, YamlNode.Scalar scalar, string source)
    {
        var earlier = scalar.Text.AsSpan(0, fault.Offset).Count(Template.Open);
        var index = scalar.Start;
        for (var seen = 0; seen <= earlier; seen++)
        {
            var next = source.AsSpan(index, scalar.End - index).IndexOf(Template.Open);
            if (next < 0)
            {
                return scalar.Position;
            }

            index += next + (seen < earlier ? Template.Open.Length : 0);
        }

        return YamlPosition.Of(source, index);
    }
}
