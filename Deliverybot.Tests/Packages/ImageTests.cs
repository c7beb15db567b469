using System.Text.RegularExpressions;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Tests.Architecture;
using Shouldly;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Deliverybot.Tests.Packages;

/// <summary>What the Dockerfile and compose.yaml name is what there is.</summary>
public sealed partial class ImageTests
{
    private static readonly string Dockerfile = File.ReadAllText(RepositoryFolder.Of("Dockerfile"));

    [Fact]
    public void Every_image_that_it_begins_with_has_a_version()
    {
        var given = Argument.Matches(Dockerfile[..Dockerfile.IndexOf("\nFROM", StringComparison.Ordinal)]).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var images = From.Matches(Dockerfile).Select(match => Variable.Replace(match.Groups[1].Value, variable => given[variable.Groups[1].Value])).ToList();

        images.Count.ShouldBe(3);
        images.ShouldAllBe(image => Versioned.IsMatch(image));
        images[^1].ShouldEndWith("-chiseled-extra", customMessage: "only that has ICU and time zones, and no shell");
    }

    [Fact]
    public void It_copies_whatever_the_Site_is_built_of()
    {
        string[] projects = ["Deliverybot.Data", "Deliverybot.Jobs", "Deliverybot.Site", "migrations"];
        var ignored = File.ReadAllLines(RepositoryFolder.Of(".dockerignore"));

        foreach (var project in projects)
        {
            Dockerfile.ShouldContain($"\nCOPY {project}/ {project}/\n");
            Dockerfile.ShouldContain($"{project}/packages.lock.json {project}/\n");
            ignored.ShouldContain($"!{project}");
        }

        File.ReadAllText(RepositoryFolder.Of("Deliverybot.Site", "packages.lock.json")).ShouldContain("net10.0/linux-arm64");
        ProjectsOf("Deliverybot.Site/Deliverybot.Site.csproj").Distinct().ShouldBe(projects.Where(project => project != "Deliverybot.Site"), ignoreOrder: true);
    }

    [Fact]
    public void It_listens_where_it_says_and_is_no_root()
    {
        Dockerfile.ShouldContain("\nENV ASPNETCORE_HTTP_PORTS=8080\n");
        Dockerfile.ShouldContain("\nEXPOSE 8080\n");
        Dockerfile.ShouldContain("\nUSER $APP_UID\n");
    }

    [Fact]
    public void Compose_starts_the_Site_with_settings_that_there_are()
    {
        var services = (Dictionary<object, object>)Compose()["services"];
        var site = Service(services, "site");
        var settings = Strings(site["environment"]);

        SettingNames.UnknownOf(settings.Keys).ShouldBeEmpty();
        settings["Deliverybot__KeyCertificatePath"].ShouldStartWith("/keys/");
        ((List<object>)site["ports"]).Cast<string>().ShouldHaveSingleItem().ShouldEndWith(":8080");
        ((List<object>)((Dictionary<object, object>)site["healthcheck"])["test"]).ShouldBe(["CMD", "dotnet", "/app/Deliverybot.Site.dll", "ready", "http://localhost:8080"]);
        Dockerfile.ShouldContain("ENTRYPOINT [\"dotnet\", \"/app/Deliverybot.Site.dll\"]");
        Service(services, "certificate")["command"].ShouldBe(new List<object> { "certificate" });
        foreach (var name in new[] { "site", "certificate" })
        {
            Service(services, name)["read_only"].ShouldBe("true");
            Service(services, name)["cap_drop"].ShouldBe(new List<object> { "ALL" });
        }
    }

    [Fact]
    public void The_database_of_compose_is_reached_by_its_socket_alone()
    {
        var services = (Dictionary<object, object>)Compose()["services"];
        var database = Service(services, "database");
        const string Socket = "socket:/var/run/postgresql";

        Versioned.IsMatch((string)database["image"]).ShouldBeTrue();
        database["network_mode"].ShouldBe("none");
        database["command"].ShouldBe(new List<object> { "-c", "listen_addresses=" });
        ((List<object>)database["volumes"]).ShouldContain(Socket);
        ((List<object>)Service(services, "site")["volumes"]).ShouldContain(Socket);
        Strings(Service(services, "site")["environment"])["ConnectionStrings__Deliverybot"].ShouldStartWith($"Host={Socket.Split(':')[1]};");
    }

    private static Dictionary<string, object> Compose()
    {
        using var text = File.OpenText(RepositoryFolder.Of("compose.yaml"));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(text)));
    }

    private static Dictionary<object, object> Service(Dictionary<object, object> services, string name) => (Dictionary<object, object>)services[name];

    private static Dictionary<string, string> Strings(object map) =>
        ((Dictionary<object, object>)map).ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value);

    private static IEnumerable<string> ProjectsOf(string project)
    {
        var folder = Path.GetDirectoryName(RepositoryFolder.Of(project))!;
        foreach (Match match in Reference.Matches(File.ReadAllText(RepositoryFolder.Of(project))))
        {
            var file = SourceTree.ShortName(Path.GetFullPath(Path.Combine(folder, match.Groups[1].Value)));
            yield return file.Split('/')[0];
            foreach (var further in ProjectsOf(file))
            {
                yield return further;
            }
        }
    }

    [GeneratedRegex("^ARG ([A-Z_]+)=(.+)$", RegexOptions.Multiline)]
    private static partial Regex Argument { get; }

    [GeneratedRegex(@"^FROM (?:--\S+ )?(\S+)", RegexOptions.Multiline)]
    private static partial Regex From { get; }

    [GeneratedRegex(@"\$\{([A-Z_]+)\}")]
    private static partial Regex Variable { get; }

    [GeneratedRegex(@":\d+\.\d+(\.\d+)?-[a-z0-9-]+$")]
    private static partial Regex Versioned { get; }

    [GeneratedRegex("<ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex Reference { get; }
}
