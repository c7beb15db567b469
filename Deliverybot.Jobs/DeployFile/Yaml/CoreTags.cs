using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Deliverybot.Jobs.DeployFile.Yaml;

/// <summary>The few tags that say no more than the node does; all others are errors.</summary>
internal static class CoreTags
{
    private const string Prefix = "tag:yaml.org,2002:";

    public static bool IsText(TagName tag) => Is(tag, "str");

    public static bool IsList(TagName tag) => Is(tag, "seq");

    public static bool IsMap(TagName tag) => Is(tag, "map");

    /// <exception cref="SemanticErrorException">The node has a tag that isn't the one allowed there.</exception>
    public static void Check(NodeEvent node, bool isAllowed)
    {
        if (!isAllowed && !node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
        {
            throw new SemanticErrorException(node.Start, node.End, $"has the tag {Shown.Short(node.Tag.Value)}: tags aren't allowed, leave it out");
        }
    }

    private static bool Is(TagName tag, string name) => !tag.IsEmpty && !tag.IsNonSpecific && tag.Value == Prefix + name;
}
