using System.Diagnostics;
using System.Text.Json;
using System.Xml.Linq;
using Deliverybot.Sandbox.Processes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Packages;

/// <summary>A bill of materials and the licences are in whatever is handed out.</summary>
public sealed class MaterialsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deliverybot-materials-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void They_are_written_into_the_package_and_into_the_image_after_what_they_are_of()
    {
        var image = File.ReadAllText(RepositoryFolder.Of("Dockerfile"));
        var package = File.ReadAllText(RepositoryFolder.Of("build", "package.sh"));

        foreach (var (made, publish, tidy, materials) in new[]
        {
            (image, "--output /app ", "build/tidy.sh /app ", "build/materials.sh /app "),
            (package, "--output \"$folder/app\" ", "build/tidy.sh \"$folder/app\"\n", "build/materials.sh \"$folder\"\n"),
        })
        {
            int[] places = [made.IndexOf(publish, StringComparison.Ordinal), made.IndexOf(tidy, StringComparison.Ordinal), made.IndexOf(materials, StringComparison.Ordinal)];
            places.ShouldAllBe(place => place > 0);
            places.ShouldBe(places.Order());
        }

        image.ShouldContain("cp LICENSE /app/");
        image.ShouldContain("COPY --from=build /app/ ./");
        image.ShouldContain("COPY .config/ .config/");
        File.ReadAllLines(RepositoryFolder.Of(".dockerignore")).ShouldContain("!.config");
        package.ShouldContain("cp LICENSE ");
    }

    [Fact]
    public async Task Packages_of_NuGet_and_npm_are_named_with_their_licences()
    {
        var (exitCode, said) = await MakeAsync(Part("Hangfire.Core", VersionOf("Hangfire.AspNetCore")), Part("Npgsql", VersionOf("Npgsql"), "PostgreSQL"));

        exitCode.ShouldBe(0, said);
        using var bill = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "sbom.cdx.json"), Stop));
        bill.RootElement.GetProperty("bomFormat").GetString().ShouldBe("CycloneDX");
        bill.RootElement.GetProperty("metadata").GetProperty("timestamp").GetString().ShouldBe("2026-11-28T00:00:00.000Z");
        var names = bill.RootElement.GetProperty("components").EnumerateArray().Select(part => part.GetProperty("name").GetString()).ToList();
        names.ShouldBe(["Hangfire.Core", "Npgsql", "htmx.org"]);
        var notices = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "THIRD-PARTY-NOTICES.txt"), Stop);
        notices.ShouldContain($"Hangfire.Core {VersionOf("Hangfire.AspNetCore")}\nLicence: LGPL-3.0-or-later\n");
        notices.ShouldContain($"Npgsql {VersionOf("Npgsql")}\nLicence: PostgreSQL\n");
        notices.ShouldContain("Zero-Clause BSD", customMessage: "the text of a licence, not its name alone");
        notices.ShouldNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
    }

    [Fact]
    public async Task Of_what_no_licence_is_known_stops_it_with_its_name()
    {
        var (exitCode, said) = await MakeAsync(Part("Nobody.Knows", "1.0.0"));

        exitCode.ShouldNotBe(0);
        said.ShouldContain("No licence is known of Nobody.Knows: look it up, and add it to build/materials.mjs.");
        folder.GetFiles("sbom.cdx.json").ShouldBeEmpty();
    }

    private static Dictionary<string, object> Part(string name, string version, params string[] licences) => new()
    {
        ["name"] = name,
        ["version"] = version,
        ["bom-ref"] = name,
        ["licenses"] = licences.Select(id => new { license = new { id } }),
    };

    private static string VersionOf(string package) => XDocument.Load(RepositoryFolder.Of("Directory.Packages.props")).Descendants("PackageVersion")
        .Single(entry => (string?)entry.Attribute("Include") == package).Attribute("Version")!.Value;

    private async Task<(int ExitCode, string Said)> MakeAsync(params Dictionary<string, object>[] nuget)
    {
        await WriteAsync("nuget.json", new { bomFormat = "CycloneDX", metadata = new { }, components = nuget, dependencies = Array.Empty<object>() });
        await WriteAsync("npm.json", new { components = new[] { Part("htmx.org", "2", "0BSD") } });
        var start = new ProcessStartInfo(
            "node", [RepositoryFolder.Of("build", "materials.mjs"), Path.Combine(folder.FullName, "nuget.json"), Path.Combine(folder.FullName, "npm.json"), folder.FullName])
        {
            WorkingDirectory = RepositoryFolder.Of(),
            RedirectStandardError = true,
        };
        start.Environment["SOURCE_DATE_EPOCH"] = $"{new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()}";
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, said);
    }

    private Task WriteAsync(string name, object content) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), JsonSerializer.Serialize(content), Stop);
}
