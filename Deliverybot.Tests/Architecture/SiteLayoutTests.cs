using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Architecture;

/// <summary>Within the Site: see docs/architecture.md.</summary>
public sealed class SiteLayoutTests
{
    private const int Deepest = 9;

    /// <summary>Pages itself holds what puts them together.</summary>
    private static readonly FolderArrows Arrows = new("Deliverybot.Site", Deepest, "Pages");

    [Fact]
    public void No_folders_stand_on_each_other() => Arrows.Circles().ShouldBeEmpty();

    [Fact]
    public void Addresses_stand_on_no_other_folder() => Arrows.All().Where(arrow => arrow.From == "Addresses").ShouldBeEmpty();

    [Fact]
    public void What_all_pages_share_knows_none_of_them() =>
        Arrows.All().Where(arrow => arrow.From == "Pages/Shared").Select(arrow => arrow.To).ShouldAllBe(to => !to.StartsWith("Pages/", StringComparison.Ordinal) || to.StartsWith("Pages/Shared/", StringComparison.Ordinal));

    [Fact]
    public void An_arrow_is_seen()
    {
        Arrows.All().ShouldContain(("Pages/Commit", "Pages/Deployments"), "a using");
        Arrows.All().ShouldContain(("Pages/Settings", "Pages/Slack"), "a view by its path");
        Arrows.All().ShouldContain(("Slack", "Slack/Linking"), "a folder below");
        new FolderArrows("Deliverybot.Jobs", Deepest).All().ShouldContain(("Acts/Promotion", "Acts"), "a folder above");
    }
}
