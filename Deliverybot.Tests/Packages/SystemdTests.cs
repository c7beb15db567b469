using Deliverybot.Sandbox.Processes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Packages;

public sealed class SystemdTests
{
    private static readonly ILookup<string, string> Unit = LinesOf("deliverybot.service").ToLookup(line => line.Name, line => line.Value);

    [Fact]
    public void It_runs_what_is_in_the_package()
    {
        const string Program = "/opt/deliverybot/app/Deliverybot.Site";
        var package = File.ReadAllText(RepositoryFolder.Of("build", "package.sh"));

        Unit["ExecStart"].ShouldBe([Program]);
        Unit["ExecStartPre"].ShouldBe([$"{Program} certificate"]);
        package.ShouldContain("--output \"$folder/app\"");
        package.ShouldContain("deploy/systemd/deliverybot.service deploy/systemd/deliverybot.env");
    }

    [Fact]
    public void It_sets_only_what_there_is()
    {
        var settings = Unit["Environment"].Select(setting => setting.Split('=')[0]).Concat(LinesOf("deliverybot.env").Select(line => line.Name)).ToList();

        SettingNames.UnknownOf(settings).ShouldBeEmpty();
        settings.ShouldContain("ASPNETCORE_URLS");
        settings.ShouldContain("ConnectionStrings__Deliverybot");
        settings.ShouldContain("Deliverybot__PublicUrl");
    }

    [Fact]
    public void It_is_a_user_of_its_own_that_writes_in_one_folder()
    {
        Unit["DynamicUser"].ShouldBe(["yes"]);
        Unit["NoNewPrivileges"].ShouldBe(["yes"]);
        Unit["CapabilityBoundingSet"].ShouldBe([""]);
        Unit["ProtectSystem"].ShouldBe(["strict"]);
        Unit["StateDirectory"].ShouldBe(["deliverybot"]);
        Unit["Environment"].ShouldContain("Deliverybot__KeyCertificatePath=%S/deliverybot/keys.pfx");
        // .NET gives what is under way 30 s.
        int.Parse(Unit["TimeoutStopSec"].Single(), null).ShouldBeGreaterThan(30);
    }

    private static IEnumerable<(string Name, string Value)> LinesOf(string file) =>
        File.ReadAllLines(RepositoryFolder.Of("deploy", "systemd", file))
            .Where(line => line.Length > 0 && line[0] is not '#' and not '[')
            .Select(line => line.Split('=', 2))
            .Select(parts => (parts[0], parts[1]));
}
