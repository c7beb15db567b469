using Deliverybot.Sandbox.World;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>Opening pull requests, of a branch or from a fork, discussing, merging and closing them.</summary>
internal static class PullRequestActs
{
    public static void Map(RouteGroupBuilder acts, Stage stage)
    {
        acts.MapPost("/pull-request", ([FromForm] string repository, [FromForm] string branch, [FromForm] string title, [FromForm] string login) =>
            stage.By(repository, login, (world, found, author) => Open(stage, world, found, branch, author, title)));

        acts.MapPost("/fork", ([FromForm] string repository, [FromForm] string title, [FromForm] string login) =>
            stage.By(repository, login, (world, found, author) => OpenFromFork(stage, world, found, author, title)));

        acts.MapPost("/pull-request/comment", ([FromForm] string repository, [FromForm] int number, [FromForm] string body, [FromForm] string login) =>
            stage.By(repository, login, (world, found, author) =>
                WithPullRequest(stage, found, number, _ =>
                {
                    if (string.IsNullOrWhiteSpace(body))
                    {
                        return stage.Refuse(found, "The comment is empty.");
                    }

                    world.Comment(found, number, author, body);
                    return null;
                })));

        acts.MapPost("/pull-request/state", ([FromForm] string repository, [FromForm] int number, [FromForm] string act, [FromForm] string login) =>
            stage.ByWriter(repository, login, (world, found, sender) =>
                WithPullRequest(stage, found, number, pull => Change(stage, world, found, pull, sender, act))));
    }

    private static IResult? Open(Stage stage, GitHubWorld world, Repository repository, string branch, Account author, string title)
    {
        if (!repository.Branches.ContainsKey(branch))
        {
            return stage.Missing(repository, $"There is no branch {branch}.");
        }

        return OpenOf(stage, world, repository, repository, branch, author, title);
    }

    /// <summary>Whoever may read may do that: a copy of the repository, a commit there, and a pull request from it.</summary>
    private static IResult? OpenFromFork(Stage stage, GitHubWorld world, Repository repository, Account author, string title)
    {
        if (Stage.FaultOfMessage(title) is { } fault)
        {
            return stage.Refuse(repository, fault);
        }

        if (repository.Owner == author)
        {
            return stage.Refuse(repository, $"{repository.FullName} is {author.Login}’s own: nobody forks what is theirs.");
        }

        var fork = world.Repositories.FirstOrDefault(each => each.ForkOf == repository && each.Owner == author) ?? world.Fork(repository, author);
        // As GitHub calls the branch of whoever edits a file there without the right to.
        var branch = Enumerable.Range(1, int.MaxValue).Select(number => $"patch-{number}").First(name => !fork.Branches.ContainsKey(name));
        world.SetBranch(fork, branch, world.Commit(repository, repository.Head, author, title), author);
        return OpenOf(stage, world, repository, fork, branch, author, title);
    }

    private static IResult? OpenOf(Stage stage, GitHubWorld world, Repository repository, Repository from, string branch, Account author, string title)
    {
        if (Stage.FaultOfMessage(title) is { } fault)
        {
            return stage.Refuse(repository, fault);
        }

        if (repository.PullRequests.FirstOrDefault(open => open.Open && open.HeadRepository == from && open.HeadBranch == branch) is { } there)
        {
            return stage.Refuse(repository, $"#{there.Number} is open for {branch} already.");
        }

        if (world.Read(_ => repository.Objects.Contains(repository.Head, from.Heads[branch])))
        {
            return stage.Refuse(repository, $"{branch} has nothing that {repository.DefaultBranch} hasn’t. Push to it first.");
        }

        var pull = world.OpenPullRequest(repository, branch, author, title, headRepository: from);
        return Results.Redirect($"/{repository.FullName}#pull-{pull.Number}");
    }

    private static IResult? Change(Stage stage, GitHubWorld world, Repository repository, PullRequest pull, Account sender, string act)
    {
        switch (act)
        {
            case "merge" when pull.Open:
                return world.MergePullRequest(repository, pull, sender) is MergeOutcome.Merged
                    ? null
                    : stage.Refuse(repository, $"#{pull.Number} can’t be merged: {pull.BaseBranch} has changed the same file, or has all of it already.");
            case "close" when pull.Open:
                world.ClosePullRequest(repository, pull, sender);
                return null;
            case "reopen" when !pull.HeadRepository.Branches.ContainsKey(pull.HeadBranch):
                return stage.Refuse(repository, $"#{pull.Number} can’t be opened again: {pull.HeadBranch} was deleted. Push to a branch of that name first.");
            case "reopen" when pull is { Open: false, MergedAt: null }:
                world.ReopenPullRequest(repository, pull, sender);
                return null;
            default:
                return stage.Refuse(repository, $"#{pull.Number} is {(pull.Open ? "open" : pull.MergedAt is null ? "closed" : "merged")} already.");
        }
    }

    private static IResult? WithPullRequest(Stage stage, Repository repository, int number, Func<PullRequest, IResult?> act) =>
        repository.PullRequests.FirstOrDefault(candidate => candidate.Number == number) is { } pull
            ? act(pull)
            : stage.Missing(repository, $"There is no pull request {number}.");
}
