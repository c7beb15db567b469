using Deliverybot.Sandbox.World;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>Opening, discussing, merging and closing pull requests.</summary>
internal static class PullRequestActs
{
    public static void Map(RouteGroupBuilder acts, SandboxServer server)
    {
        acts.MapPost("/pull-request", ([FromForm] string repository, [FromForm] string branch, [FromForm] string title, [FromForm] string login) =>
            Act.By(server, repository, login, (world, found, author) =>
            {
                if (!found.Branches.ContainsKey(branch))
                {
                    return Results.NotFound($"There is no branch {branch}.");
                }

                world.OpenPullRequest(found, branch, author, title);
                return null;
            }));

        acts.MapPost("/pull-request/comment", ([FromForm] string repository, [FromForm] int number, [FromForm] string body, [FromForm] string login) =>
            Act.By(server, repository, login, (world, found, author) =>
                WithPullRequest(found, number, _ => world.Comment(found, number, author, body))));

        acts.MapPost("/pull-request/state", ([FromForm] string repository, [FromForm] int number, [FromForm] string act, [FromForm] string login) =>
            Act.ByWriter(server, repository, login, (world, found, sender) =>
                WithPullRequest(found, number, pull => Change(world, found, pull, sender, act))));
    }

    private static void Change(GitHubWorld world, Repository repository, PullRequest pull, Account sender, string act)
    {
        switch (act)
        {
            case "merge":
                world.MergePullRequest(repository, pull, sender);
                break;
            case "close":
                world.ClosePullRequest(repository, pull, sender);
                break;
            case "reopen":
                world.ReopenPullRequest(repository, pull, sender);
                break;
        }
    }

    private static IResult? WithPullRequest(Repository repository, int number, Action<PullRequest> act)
    {
        if (repository.PullRequests.FirstOrDefault(candidate => candidate.Number == number) is not { } pull)
        {
            return Results.NotFound($"There is no pull request {number}.");
        }

        act(pull);
        return null;
    }
}
