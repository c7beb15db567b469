using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Sandbox;

public sealed class GraphQlTests
{
    private const string CommitsPage = """
        query($owner: String!, $name: String!, $ref: String!, $after: String) {
          viewer { login }
          repository(owner: $owner, name: $name) {
            databaseId nameWithOwner viewerPermission isArchived
            defaultBranchRef { name }
            refs(refPrefix: "refs/heads/", first: 10, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) { totalCount nodes { name } }
            object(expression: $ref) {
              __typename
              ... on Commit {
                oid abbreviatedOid
                history(first: 2, after: $after) {
                  totalCount
                  pageInfo { hasNextPage endCursor }
                  nodes {
                    oid messageHeadline committedDate url
                    author { name avatarUrl user { login } }
                    associatedPullRequests(first: 5) { nodes { number title } }
                    statusCheckRollup {
                      state
                      contexts(first: 20) {
                        totalCount
                        nodes {
                          __typename
                          ... on StatusContext { context state targetUrl description }
                          ... on CheckRun { name status conclusion detailsUrl }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
        """;

    [Fact]
    public async Task The_commits_page_comes_in_one_call()
    {
        await using var github = await SandboxDriver.StartAsync();
        var (world, repository) = (github.World, github.Repository);
        world.Push(repository, "main", github.Writer, "Second\n\nbody");
        var head = world.Push(repository, "main", github.Writer, "Third");
        world.SetStatus(repository, head, "lint", "pending", description: "on its way");
        world.FinishCheck(repository, world.StartCheck(repository, head, "ci"), "success");

        var first = await QueryAsync(github, new { owner = "acme", name = "shop", @ref = "main" });
        ((string)first["viewer"]!["login"]!).ShouldBe("ada");
        var found = first["repository"]!;
        ((string)found["viewerPermission"]!).ShouldBe("WRITE");
        ((long)found["databaseId"]!).ShouldBe(repository.Id);
        var history = found["object"]!["history"]!;
        ((int)history["totalCount"]!).ShouldBe(3);
        history["nodes"]!.AsArray().Select(node => (string)node!["messageHeadline"]!).ShouldBe(["Third", "Second"]);
        var rollup = history["nodes"]![0]!["statusCheckRollup"]!;
        ((string)rollup["state"]!).ShouldBe("PENDING");
        rollup["contexts"]!["nodes"]!.AsArray().Select(node => (string)node!["__typename"]!).ShouldBe(["CheckRun", "StatusContext"]);
        history["nodes"]![1]!["statusCheckRollup"].ShouldBeNull();

        var second = await QueryAsync(github, new { owner = "acme", name = "shop", @ref = "main", after = (string)history["pageInfo"]!["endCursor"]! });
        second["repository"]!["object"]!["history"]!["nodes"]!.AsArray().Select(node => (string)node!["messageHeadline"]!).ShouldBe(["Initial commit"]);
    }

    [Fact]
    public async Task A_repository_that_may_not_be_seen_is_not_found_with_200()
    {
        await using var github = await SandboxDriver.StartAsync();
        github.World.CreateRepository(github.Organisation, "vault", isPrivate: true);
        var query = """{ repository(owner: "acme", name: "vault") { id } }""";
        var answer = await github.PostAsync("/api/graphql", github.UserToken(github.Reader), new { query });
        answer.Status.ShouldBe(200);
        answer.Body["data"]!["repository"].ShouldBeNull();
        var error = answer.Body["errors"]![0]!;
        ((string)error["type"]!).ShouldBe("NOT_FOUND");
        ((string)error["message"]!).ShouldBe("Could not resolve to a Repository with the name 'acme/vault'.");
        error["path"]!.AsArray().Select(part => (string)part!).ShouldBe(["repository"]);
    }

    [Fact]
    public async Task A_connection_asks_how_many()
    {
        await using var github = await SandboxDriver.StartAsync();
        var query = """{ repository(owner: "acme", name: "shop") { refs(refPrefix: "refs/heads/") { totalCount } } }""";
        var answer = await github.PostAsync("/api/graphql", github.UserToken(github.Reader), new { query });
        ((string)answer.Body["errors"]![0]!["type"]!).ShouldBe("MISSING_PAGINATION_BOUNDARIES");
    }

    [Fact]
    public async Task Annotated_tags_are_tags_and_lead_to_their_commit()
    {
        await using var github = await SandboxDriver.StartAsync();
        github.World.CreateTag(github.Repository, "v1", github.Repository.Head, github.Writer, "one");
        var query = """{ repository(owner: "acme", name: "shop") { ref(qualifiedName: "refs/tags/v1") { target { __typename ... on Tag { target { oid } } } } } }""";
        var answer = await github.PostAsync("/api/graphql", github.UserToken(github.Reader), new { query });
        var target = answer.Body["data"]!["repository"]!["ref"]!["target"]!;
        ((string)target["__typename"]!).ShouldBe("Tag");
        ((string)target["target"]!["oid"]!).ShouldBe(github.Repository.Head);
    }

    private static async Task<JsonNode> QueryAsync(SandboxDriver github, object variables)
    {
        var answer = await github.PostAsync("/api/graphql", github.UserToken(github.Writer), new { query = CommitsPage, variables });
        answer.Status.ShouldBe(200);
        answer.Body["errors"].ShouldBeNull(answer.Text);
        return answer.Body["data"]!;
    }
}
