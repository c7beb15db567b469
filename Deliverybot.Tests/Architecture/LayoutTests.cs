using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Architecture;

/// <summary>Within Jobs, arrows point down only: see docs/architecture.md.</summary>
public sealed partial class LayoutTests
{
    private const string Root = "Deliverybot.Jobs";

    /// <summary>From the ground up: each folder, and which of those above it in this list it may use.</summary>
    private static readonly (string Folder, string[] Uses)[] Layout =
    [
        ("Telemetry", []),
        ("GitHub", ["Telemetry"]),
        ("Engine", ["GitHub", "Telemetry"]),
        ("Links", []),
        ("Calendar", []),
        ("DeployFile", ["Calendar", "GitHub"]),
        ("Gates", ["Calendar", "DeployFile", "GitHub"]),
        ("Metrics", []),
        ("Markup", ["GitHub"]),
        ("Changes", ["GitHub", "Engine", "Telemetry"]),
        ("Core", ["Calendar", "Changes", "Gates", "DeployFile", "GitHub", "Engine", "Telemetry"]),
        ("Comments", ["Core", "GitHub"]),
        ("Channels", ["Changes", "Comments", "Core", "Gates", "DeployFile", "GitHub", "Engine", "Links", "Markup"]),
        ("Privacy", ["Core", "Engine"]),
        ("Acts", ["Core", "Gates", "DeployFile", "GitHub", "Engine", "Links"]),
        ("Surfaces", ["Acts", "Changes", "Core", "Gates", "DeployFile", "GitHub", "Engine", "Links", "Markup"]),
        ("Events", ["Surfaces", "Acts", "Changes", "Comments", "Core", "Gates", "DeployFile", "GitHub", "Engine", "Links", "Markup", "Telemetry"]),
        ("Upkeep", ["Changes", "Core", "Gates", "GitHub", "Engine", "Telemetry"]),
    ];

    [Fact]
    public void No_folders_stand_on_each_other_in_a_circle() => new FolderArrows(Root, depth: 9, "Surfaces/Slack").Circles().ShouldBeEmpty();

    [Fact]
    public void A_folder_uses_those_below_it_alone() =>
        Arrows().Where(arrow => !Uses(arrow.From).Contains(arrow.To))
            .Select(arrow => $"{SourceTree.ShortName(arrow.File)} > {arrow.To}")
            .ShouldBeEmpty();

    [Fact]
    public void The_layout_has_no_circle_and_no_folder_is_forgotten()
    {
        foreach (var (folder, uses) in Layout)
        {
            var below = Layout.TakeWhile(each => each.Folder != folder).Select(each => each.Folder).ToList();
            uses.ShouldBeSubsetOf(below, folder);
        }

        Parts().Select(part => part.Folder).Distinct().ShouldBe(Layout.Select(each => each.Folder), ignoreOrder: true);
    }

    private static string[] Uses(string folder) => Layout.Single(each => each.Folder == folder).Uses;

    /// <summary>One for each file and folder that it uses; a namespace is its folder, and what nobody needs isn't imported (IDE0130, IDE0005).</summary>
    private static IEnumerable<(string From, string To, string File)> Arrows() =>
        from part in Parts()
        from to in Used().Matches(File.ReadAllText(part.File)).Select(use => use.Groups[1].Value).Distinct()
        where to != part.Folder
        select (part.Folder, to, part.File);

    private static IEnumerable<(string Folder, string File)> Parts() =>
        from file in SourceTree.Product
        let name = SourceTree.ShortName(file).Split('/')
        where name[0] == Root && name.Length > 2
        select (name[1], file);

    [GeneratedRegex(@"(?<!namespace )(?<!StoredAs\("")\bDeliverybot\.Jobs\.(\w+)")]
    private static partial Regex Used();
}
