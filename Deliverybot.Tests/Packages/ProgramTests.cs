using System.Diagnostics;
using System.Net;
using Deliverybot.Site;
using Deliverybot.Site.Operations;
using Deliverybot.Site.Settings;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Packages;

/// <summary>What the program does beside running the Site.</summary>
public sealed class ProgramTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deliverybot-program-");

    private string Certificate => Path.Combine(folder.FullName, "keys.pfx");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData]
    [InlineData("--Deliverybot:KeyCertificatePassword=secret")]
    public async Task A_certificate_that_it_makes_is_one_that_the_Site_takes(params string[] more)
    {
        string[] settings = [$"--Deliverybot:KeyCertificatePath={Certificate}", .. more];

        SiteApplication.MakeCertificate(["certificate", .. settings]).ShouldBeTrue();

        await using var site = SiteApplication.Build(SiteArguments.With(["--environment=Production", $"--ConnectionStrings:Deliverybot={database.ConnectionString}", .. settings]));
        folder.GetFiles().ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Certificate).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData("restore", "restore")]
    [InlineData("Restored", "Restored")]
    [InlineData("--urls=http://127.0.0.1:5000", null)]
    [InlineData("urls=http://127.0.0.1:5000", null)]
    [InlineData("/urls", null)]
    [InlineData("--version", "version")]
    public void A_word_that_is_no_setting_is_taken_for_a_command(string first, string? word) => ProgramCommand.WordIn([first, "--more"]).ShouldBe(word);

    [Theory]
    [InlineData("There is no command restore. There are migrate, restored, ", "restore")]
    [InlineData("Say which Site is asked", "ready")]
    [InlineData("Say which Site is asked", "ready", "localhost:8080")]
    public async Task What_it_can_not_do_it_says_and_starts_nothing(string said, params string[] args)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [typeof(SiteApplication).Assembly.Location, .. args]) { RedirectStandardError = true })!;

        (await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldStartWith(said);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        program.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_certificate_that_is_there_stays()
    {
        File.WriteAllText(Certificate, "mine");

        SiteApplication.MakeCertificate(["certificate", $"--Deliverybot:KeyCertificatePath={Certificate}"]).ShouldBeFalse();

        File.ReadAllText(Certificate).ShouldBe("mine");
    }

    [Theory]
    [InlineData("certificate")]
    [InlineData("certificate", "--Deliverybot:KeyCertificatePath=/nowhere/keys.pfx")]
    public void A_certificate_that_can_not_be_made_is_a_setting_to_mend(params string[] args) =>
        Should.Throw<SettingsException>(() => SiteApplication.MakeCertificate(args)).Message.ShouldContain("Deliverybot:KeyCertificatePath");

    [Fact]
    public async Task Whether_a_site_is_ready_can_be_asked()
    {
        await using var site = SiteApplication.Build(["--urls=http://127.0.0.1:0"]);
        await site.StartAsync(TestContext.Current.CancellationToken);
        var root = new Uri(site.Urls.First());

        var (isReady, answer) = await ReadyQuestion.AskAsync(root, TestContext.Current.CancellationToken);
        await site.StopAsync(TestContext.Current.CancellationToken);
        var (isReadyThen, _) = await ReadyQuestion.AskAsync(root, TestContext.Current.CancellationToken);

        isReady.ShouldBeFalse();
        answer.ShouldStartWith($"{(int)HttpStatusCode.NotFound}");
        isReadyThen.ShouldBeFalse();
    }

    /// <summary>In Development the container is looked through first.</summary>
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Without_any_setting_it_says_what_is_missing(string environment)
    {
        await using var site = SiteApplication.Build([$"--environment={environment}", "--urls=http://127.0.0.1:0"]);
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var visitor = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };

        (await visitor.GetStringAsync("/_/set-up", TestContext.Current.CancellationToken)).ShouldContain("ConnectionStrings:Deliverybot");
        await site.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void It_says_its_version() => ProductVersion.Text.ShouldMatch(@"^\d+\.\d+\.\d+");
}
