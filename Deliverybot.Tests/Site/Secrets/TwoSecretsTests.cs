using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Slack.SlackNet;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Secrets;

/// <summary>While a secret is changed, the settings have two: docs/operating.md, Changing secrets.</summary>
public sealed class TwoSecretsTests(TestPostgreSql postgreSql) : IAsyncLifetime
{
    private const string Next = "the next webhook secret";

    private static readonly string NextKey = Pem();

    private readonly House house = new(postgreSql)
    {
        Settings = new Dictionary<string, string?> { ["GitHub:WebhookSecret:1"] = Next, ["GitHub:PrivateKey:1"] = NextKey },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => house.InitializeAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task Deliveries_signed_with_either_are_taken_and_no_others()
    {
        var repository = house.CreateRepository();
        List<int?> answers = [];

        foreach (var secret in new[] { house.GitHub.App.WebhookSecret, Next, "a third" })
        {
            house.World.Webhooks.Secret = secret;
            house.World.Push(repository, "main", house.Ada, $"Signed with {secret}");
            await house.World.Webhooks.WaitUntilDeliveredAsync(Stop);
            answers.Add(house.World.Webhooks.Deliveries[^1].StatusCode);
        }

        answers.ShouldBe([202, 202, 401]);
    }

    [Fact]
    public async Task Whichever_key_GitHub_has_deployments_go_on()
    {
        var repository = house.CreateRepository("production:\n  auto_deploy_on: refs/heads/main\n");
        var app = house.Services.GetRequiredService<GitHubClients>().App;
        (await app.GetSelfAsync(Stop)).Slug.ShouldBe("deliverybot");

        house.GitHub.AddPrivateKey(NextKey);
        house.GitHub.DeletePrivateKey(house.GitHub.App.PrivateKeyPem);
        // Before the signature that GitHub has accepted until now is renewed by itself, and all that come at once.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.GetSelfAsync(Stop)));
        var sha = house.World.Push(repository, "main", house.Ada, "By the next key");
        await house.EventuallyAsync(() => Task.FromResult(house.World.Read(_ => repository.Deployments.Any(made => made.Sha == sha))), "the push is deployed");
        house.Services.GetRequiredService<Entrance>().Faults.ShouldBeEmpty();

        // And back: the change is given up.
        house.GitHub.AddPrivateKey(house.GitHub.App.PrivateKeyPem);
        house.GitHub.DeletePrivateKey(NextKey);
        (await app.GetSelfAsync(Stop)).Slug.ShouldBe("deliverybot");
    }

    [Fact]
    public async Task When_GitHub_takes_neither_key_it_is_told_once()
    {
        house.GitHub.DeletePrivateKey(house.GitHub.App.PrivateKeyPem);

        await Should.ThrowAsync<RetryLaterException>(() => house.Services.GetRequiredService<GitHubClients>().App.GetSelfAsync(Stop));

        house.Services.GetRequiredService<Entrance>().Faults.ShouldHaveSingleItem().ShouldBe(EntryFault.Key);
        house.GitHub.Requests.All.Count(request => request.Path.EndsWith("/app", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData("old", true)]
    [InlineData("new", true)]
    [InlineData("another", false)]
    public void Commands_that_Slack_signs_with_either_are_taken(string secret, bool isTaken)
    {
        var body = Encoding.UTF8.GetBytes("text=help");
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{seconds}:text=help"));
        var headers = new HeaderDictionary
        {
            [SlackSignature.TimestampHeader] = seconds,
            [SlackSignature.SignatureHeader] = $"v0={Convert.ToHexStringLower(hash)}",
        };

        (new SlackSignature(["old", "new"], TimeProvider.System).Verify(headers, body) is not null).ShouldBe(isTaken);
    }

    [Fact]
    public void Two_are_read_however_they_are_written_and_no_more()
    {
        Of(("S", "a"), ("S:1", "b")).ShouldBe(["a", "b"]);
        Of(("S:0", "a"), ("S:1", "b")).ShouldBe(["a", "b"]);
        Of(("S", "a b, c")).ShouldBe(["a b, c"]);
        Of(("S", " "), ("S:1", "")).ShouldBeEmpty();
        TwoAtATime.Fault(Configuration(("S", "a"), ("S:1", "b")), "S").ShouldBeNull();
        TwoAtATime.Fault(Configuration(("S", "a"), ("S:0", "b")), "S").ShouldNotBeNull();
        TwoAtATime.Fault(Configuration(("S:0", "a"), ("S:1", "b"), ("S:2", "c")), "S").ShouldNotBeNull().ShouldContain("more than two");
    }

    private static IReadOnlyList<string> Of(params (string, string)[] settings) => TwoAtATime.Of(Configuration(settings), "S");

    private static IConfigurationRoot Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(each => each.Name, each => (string?)each.Value)).Build();

    private static string Pem()
    {
        using var key = RSA.Create(2048);
        return key.ExportRSAPrivateKeyPem();
    }
}
