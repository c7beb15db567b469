using System.Net;
using System.Text.Json.Nodes;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Reading;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Events.Deliveries;

/// <summary>GitHub takes payloads that are nested deeper than .NET reads by itself.</summary>
public sealed class DeepPayloadTests(House house) : IClassFixture<House>
{
    private const int Levels = 95;

    [Fact]
    public async Task A_deployment_with_a_payload_nested_95_deep_is_known_to_be_live_and_can_be_gone_back_to()
    {
        var shop = new RepositoryDriver(house, "production: {}\n");
        var first = shop.Push("One");
        var deep = Deep(Levels);
        await LiveAsync(shop, first, deep);
        var second = shop.Push("Two");
        await LiveAsync(shop, second, deep);

        await using var scope = house.Services.CreateAsyncScope();
        var earlier = (await shop.RowsAsync()).Single(row => row.Sha == new CommitSha(first));
        var github = scope.ServiceProvider.GetRequiredService<GitHubClients>()
            .Installation((await house.ReadAsync(db => db.Repositories.SingleAsync(row => row.Id == new RepositoryId(shop.Repository.Id)))).InstallationId)
            .Repository(RepositoryName.Parse(shop.Repository.FullName));
        var carried = await EarlierPayloads.ReadAsync(earlier, github, TestContext.Current.CancellationToken);

        var text = carried.ShouldBeOfType<Sought<RenderedWish.Whole>.Found>().It.Payload;
        JsonNode.DeepEquals(JsonNode.Parse(text, documentOptions: TolerantJson.Documents), deep).ShouldBeTrue();
        var id = earlier.Id.Value;
        await using (var stored = house.Database.Source.CreateCommand($"update deployments set payload = $1::jsonb where id = {id}"))
        {
            stored.Parameters.Add(new Npgsql.NpgsqlParameter<string> { TypedValue = text });
            await stored.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var ada = await house.SignInAsync("ada");
        using var page = await ada.GetAsync($"/{shop.Repository.FullName}/deployments/{id}", TestContext.Current.CancellationToken);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task LiveAsync(RepositoryDriver shop, string sha, JsonObject payload)
    {
        var made = house.World.CreateDeployment(shop.Repository, sha, "production", house.Ada, payload.DeepClone());
        house.World.SetDeploymentStatus(shop.Repository, made, "success", house.Ada);
        await shop.EventuallyAsync(sha, DeploymentState.Success);
    }

    private static JsonObject Deep(int levels) => levels == 1 ? new JsonObject { ["tea"] = "green" } : new JsonObject { ["a"] = Deep(levels - 1) };
}
