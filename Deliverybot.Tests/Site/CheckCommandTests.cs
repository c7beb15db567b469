using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deliverybot.Jobs.Events;
using Deliverybot.Site;
using Deliverybot.Site.SelfTest;
using Deliverybot.Site.SetUp;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary><c>Deliverybot.Site check</c>, beside a site that runs.</summary>
public sealed class CheckCommandTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private readonly House house = new(postgreSql);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task It_writes_a_line_for_each_check_and_is_content_where_nothing_is_bad()
    {
        house.World.Webhooks.Ping();
        await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);

        var (isGood, lines) = await CheckAsync();

        isGood.ShouldBeTrue(string.Join('\n', lines));
        lines.ShouldContain("ok   Permissions: All 7 permissions that it needs are there.");
        lines.ShouldContain(line => line.StartsWith("ok   Webhook there and back: ", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("ok   Workers: ", StringComparison.Ordinal));
        lines.ShouldContain($"ok   Public address: {house.SiteUrl} leads here.");
        lines.ShouldContain(line => line.StartsWith("note In the browser: ", StringComparison.Ordinal));
        lines.ShouldAllBe(line => line.StartsWith("ok ") || line.StartsWith("note"));
    }

    [Fact]
    public async Task What_is_bad_makes_it_fail_and_says_what_to_do()
    {
        house.World.AppEvents.Remove("deployment_status");

        var (isGood, lines) = await CheckAsync();

        isGood.ShouldBeFalse();
        lines.ShouldContain(line => line.StartsWith("BAD  Events: 'Deployment status' isn't subscribed to: deployments stay under way for ever", StringComparison.Ordinal)
            && line.Contains("Tick it at GitHub", StringComparison.Ordinal) && line.Contains("/settings/apps/deliverybot/permissions)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_GitHub_is_a_sentence()
    {
        var (isGood, lines) = await CheckAsync(more: ["--GitHub:Url=http://127.0.0.1:1"], patience: TimeSpan.FromSeconds(2));

        isGood.ShouldBeFalse();
        lines.Where(line => line.StartsWith("BAD ", StringComparison.Ordinal)).ShouldAllBe(line => line.Contains("127.0.0.1", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("BAD  Clock: GitHub (127.0.0.1) can't be reached", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("ok   Database: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_database_is_a_sentence_too()
    {
        var (isGood, lines) = await CheckAsync(more: ["--ConnectionStrings:Deliverybot=Host=127.0.0.1;Port=1;Username=nobody;Password=hidden"]);

        isGood.ShouldBeFalse();
        lines.ShouldContain(line => line.StartsWith("BAD  Database: ", StringComparison.Ordinal) && line.EndsWith("ConnectionStrings:Deliverybot leads to it.", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("BAD  Workers: ", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("ok   GitHub App: ", StringComparison.Ordinal));
        lines.ShouldAllBe(line => !line.Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_public_address_that_says_nothing_from_here_is_only_a_warning()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}";

        var (_, lines) = await CheckAsync(more: [$"--Deliverybot:PublicUrl={address}"], patience: TimeSpan.FromSeconds(3));

        lines.ShouldContain(line => line.StartsWith($"warn Public address: From this machine {address}/ can't be reached: no answer came.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_told_by_how_much()
    {
        var ahead = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(20));

        var (_, lines) = await CheckAsync(ahead);

        lines.ShouldContain(line => line.StartsWith("BAD  Clock: This machine's clock is 1", StringComparison.Ordinal) && line.Contains("seconds ahead of GitHub's", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("BAD  GitHub App: This machine's clock is", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("BAD  Database: Its clock is 1", StringComparison.Ordinal) && line.Contains("behind this machine's", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_worker_or_with_migrations_to_make_it_says_so()
    {
        await using var empty = new TestDatabase(postgreSql);
        await empty.InitializeAsync();
        await using (var forget = empty.Source.CreateCommand("drop schema if exists hangfire cascade; delete from migrations where migration_id = (select max(migration_id) from migrations)"))
        {
            await forget.ExecuteNonQueryAsync(Stop);
        }

        var (_, lines) = await CheckAsync(more: [$"--ConnectionStrings:Deliverybot={empty.ConnectionString}"]);

        lines.ShouldContain(line => line.StartsWith("BAD  Workers: There is none", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("BAD  Migrations: These are pending", StringComparison.Ordinal) && line.Contains("Deliverybot.Site migrate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(300, "ok   Key certificate: It is good until")]
    [InlineData(29, "warn Key certificate: It ends on")]
    [InlineData(-1, "BAD  Key certificate: It ended on")]
    public async Task The_end_of_the_key_certificate_is_told_a_month_before(int days, string expected)
    {
        using var certificate = new CertificateFile(TimeProvider.System.GetUtcNow().AddDays(days));

        var (_, lines) = await CheckAsync(more: [$"--Deliverybot:KeyCertificatePath={certificate.Path}"]);

        lines.ShouldContain(line => line.StartsWith(expected, StringComparison.Ordinal), string.Join('\n', lines));
    }

    [Fact]
    public async Task Keys_that_the_certificate_does_not_open_are_told()
    {
        using var first = new CertificateFile(TimeProvider.System.GetUtcNow().AddYears(1));
        using var second = new CertificateFile(TimeProvider.System.GetUtcNow().AddYears(1));
        await using var own = new House(postgreSql) { Settings = new Dictionary<string, string?> { ["Deliverybot:KeyCertificatePath"] = first.Path } };
        await own.InitializeAsync();
        using var ada = await own.SignInAsync("ada");

        var (_, same) = await CheckAsync(more: [$"--ConnectionStrings:Deliverybot={own.Database.ConnectionString}", $"--Deliverybot:KeyCertificatePath={first.Path}"]);
        var (_, other) = await CheckAsync(more: [$"--ConnectionStrings:Deliverybot={own.Database.ConnectionString}", $"--Deliverybot:KeyCertificatePath={second.Path}"]);

        same.ShouldNotContain(line => line.Contains("doesn't open", StringComparison.Ordinal));
        other.ShouldContain(line => line.StartsWith("BAD  Key certificate: It doesn't open 1 of the 1 keys", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_all_that_the_App_needs_it_is_known_what_does_not_work_without()
    {
        AppNeeds.Permissions.Keys.ShouldBe(AppManifest.Permissions.Keys, ignoreOrder: true);
        AppNeeds.Events.Keys.ShouldBe(Routes.Subscribed, ignoreOrder: true);
    }

    private async Task<(bool IsGood, IReadOnlyList<string> Lines)> CheckAsync(TimeProvider? clock = null, IReadOnlyList<string>? more = null, TimeSpan? patience = null)
    {
        string[] arguments =
        [
            "check", "--environment=Development",
            .. HouseSettings.For(house.GitHub, house.Database, house.SiteUrl, "web").Select(setting => $"--{setting.Key}={setting.Value}"), .. more ?? [],
        ];
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        var isGood = await SiteApplication.CheckAsync(arguments, output, Configure, Stop);
        return (isGood, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));

        void Configure(WebApplicationBuilder builder)
        {
            builder.Services.AddSingleton(clock ?? TimeProvider.System);
            builder.Services.Configure<SelfTestPatience>(each => each.Longest = patience ?? each.Longest);
        }
    }

    private sealed class CertificateFile : IDisposable
    {
        public CertificateFile(DateTimeOffset end)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest("CN=deliverybot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, end);
            File.WriteAllBytes(Path, certificate.Export(X509ContentType.Pfx));
        }

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"deliverybot-{Guid.NewGuid():N}.pfx");

        public void Dispose() => File.Delete(Path);
    }
}
