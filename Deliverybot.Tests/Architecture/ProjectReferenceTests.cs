using System.Xml.Linq;
using Deliverybot.Sandbox.Processes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Architecture;

/// <summary>Arrows point down only.</summary>
public sealed class ProjectReferenceTests
{
    [Theory]
    [InlineData("Deliverybot.Data")]
    [InlineData("migrations", "Deliverybot.Data")]
    [InlineData("Deliverybot.Jobs", "Deliverybot.Data")]
    [InlineData("Deliverybot.Site", "Deliverybot.Jobs", "Deliverybot.Migrations")]
    [InlineData("Deliverybot.Sandbox")]
    [InlineData("Deliverybot.Benchmarks", "Deliverybot.Sandbox")]
    public void A_project_refers_to_these_alone(string project, params string[] others) =>
        References(project).ShouldBe(others, ignoreOrder: true);

    [Fact]
    public void Data_knows_neither_Hangfire_nor_AspNetCore() =>
        NetArchTest.Rules.Types.InAssembly(System.Reflection.Assembly.Load("Deliverybot.Data"))
            .ShouldNot().HaveDependencyOnAny("Hangfire", "Microsoft.AspNetCore").GetResult().IsSuccessful.ShouldBeTrue();

    [Fact]
    public void Package_versions_are_in_one_place_exact_and_locked()
    {
        var versions = XDocument.Load(RepositoryFolder.Of("Directory.Packages.props")).Descendants("PackageVersion");
        versions.Select(version => version.Attribute("Version")!.Value).ShouldAllBe(version => IsExact(version));
        foreach (var project in SourceTree.Projects)
        {
            XDocument.Load(project).Descendants("PackageReference").ShouldAllBe(package => package.Attribute("Version") == null);
            File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")).ShouldBeTrue(project);
        }
    }

    /// <summary>A beta is as exact as any other, as long as nothing of it is left open.</summary>
    private static bool IsExact(string version) => !version.Contains('*', StringComparison.Ordinal) && Version.TryParse(version.Split('-', 2)[0], out _);

    /// <summary>Projects that are built along but whose code isn't seen don't count.</summary>
    private static IEnumerable<string> References(string folder) =>
        XDocument.Load(SourceTree.Projects.Single(project => Path.GetFileName(Path.GetDirectoryName(project)) == folder))
            .Descendants("ProjectReference")
            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
