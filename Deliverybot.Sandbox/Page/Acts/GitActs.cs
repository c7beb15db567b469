using Deliverybot.Sandbox.Page.Views;
using Deliverybot.Sandbox.World;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>What is done with git: pushing, by force as well, deleting branches, tagging and releasing, and committing <c>deploy.yml</c>.</summary>
internal static class GitActs
{
    /// <summary>GitHub takes larger files; <c>deploy.yml</c> may not be larger.</summary>
    private const int LongestFile = 256 * 1024;

    public static void Map(RouteGroupBuilder acts, Stage stage)
    {
        acts.MapPost("/push", ([FromForm] string repository, [FromForm] string branch, [FromForm] string message, [FromForm] string login) =>
            stage.ByWriter(repository, login, (world, found, author) =>
            {
                if ((RefName.FaultOf(branch.Trim()) ?? Stage.FaultOfMessage(message)) is { } fault)
                {
                    return stage.Refuse(found, fault);
                }

                world.Push(found, branch.Trim(), author, message);
                return null;
            }));

        acts.MapPost("/branch", ([FromForm] string repository, [FromForm] string branch, [FromForm] string how, [FromForm] string login, [FromForm] string? commit) =>
            stage.ByWriter(repository, login, (world, found, author) => Rewrite(stage, world, found, author, branch, how, commit ?? string.Empty)));

        acts.MapPost("/tag", ([FromForm] string repository, [FromForm] string tag, [FromForm] string commit, [FromForm] string login, [FromForm] bool? release, [FromForm] bool? move) =>
            stage.ByWriter(repository, login, (world, found, author) => Tag(stage, world, found, author, tag.Trim(), commit, release is true, move is true)));

        acts.MapPost("/tag/delete", ([FromForm] string repository, [FromForm] string tag, [FromForm] string login) =>
            stage.ByWriter(repository, login, (world, found, author) =>
            {
                if (!found.Tags.ContainsKey(tag))
                {
                    return stage.Missing(found, $"There is no tag {tag}.");
                }

                world.DeleteTag(found, tag, author);
                return null;
            }));

        acts.MapPost("/file", ([FromForm] string repository, [FromForm] string branch, [FromForm] string content, [FromForm] string message, [FromForm] string login, [FromForm] bool propose) =>
            stage.ByWriter(repository, login, (world, found, author) => Commit(stage, world, found, author, branch, content.ReplaceLineEndings("\n"), message, propose)));
    }

    private static IResult? Rewrite(Stage stage, GitHubWorld world, Repository repository, Account author, string branch, string how, string commit)
    {
        if (!repository.Branches.TryGetValue(branch, out var head))
        {
            return stage.Missing(repository, $"There is no branch {branch}.");
        }

        switch (how)
        {
            case "delete" when branch == repository.DefaultBranch:
                return stage.Refuse(repository, $"GitHub doesn’t delete {branch}: it is the default branch.");
            case "delete":
                world.DeleteBranch(repository, branch, author);
                return null;
            case "replace" when repository.Resolve(head)!.Parents.IsEmpty:
                return stage.Refuse(repository, $"{branch} has only its first commit, which nothing can take the place of.");
            case "replace":
                world.ForcePush(repository, branch, author, repository.Resolve(head)!.Message);
                return null;
            case "set" when repository.Resolve(commit) is not { } to:
                return stage.Missing(repository, $"There is no commit {commit}.");
            case "set" when repository.Resolve(commit)!.Sha == head:
                return stage.Refuse(repository, $"{branch} is at {head[..7]} already. Choose another commit.");
            case "set":
                world.SetBranch(repository, branch, repository.Resolve(commit)!.Sha, author);
                return null;
            default:
                return stage.Refuse(repository, "Choose what to do with the branch.");
        }
    }

    private static IResult? Tag(Stage stage, GitHubWorld world, Repository repository, Account author, string tag, string commit, bool release, bool move)
    {
        if (RefName.FaultOf(tag) is { } fault)
        {
            return stage.Refuse(repository, fault);
        }

        if (repository.Resolve(commit) is not { } on)
        {
            return stage.Missing(repository, $"There is no commit {commit}.");
        }

        var now = repository.Tags.TryGetValue(tag, out var known) ? repository.Objects.Peel(known).Sha : null;
        if (release && world.Read(_ => repository.Releases.Exists(each => each.TagName == tag)))
        {
            return stage.Refuse(repository, $"{tag} was released already. Choose another name.");
        }

        if (now is not null && now != on.Sha && !move)
        {
            return stage.Refuse(repository, $"There is a tag {tag} already, on {now[..7]}. Choose another name, or have it moved.");
        }

        if (now != on.Sha)
        {
            world.CreateTag(repository, tag, on.Sha, author);
        }
        else if (!release)
        {
            return stage.Refuse(repository, $"{tag} is on {now[..7]} already.");
        }

        if (release)
        {
            world.PublishRelease(repository, tag, author);
        }

        return null;
    }

    private static IResult? Commit(
        Stage stage, GitHubWorld world, Repository repository, Account author, string branch, string content, string message, bool propose)
    {
        var fault = !repository.Branches.ContainsKey(branch) ? $"There is no branch {branch}."
            : content.Length > LongestFile ? $"The file is larger than {LongestFile / 1024} KiB."
            : Stage.FaultOfMessage(message);
        if (fault is not null)
        {
            return stage.Refuse(repository, fault);
        }

        var before = FileView.Of(world, repository, branch, proposed: null)!;
        if (content.Trim().Length == 0 && !before.Exists)
        {
            return stage.Refuse(repository, "The file is empty. Write what is deployed where.");
        }

        if (before.Exists && before.Content == content)
        {
            return stage.Refuse(repository, $"{FileView.Path} on {branch} says that already. Nothing was committed.");
        }

        var files = new Dictionary<string, string?> { [FileView.Path] = content.Trim().Length == 0 ? null : content };
        if (!propose)
        {
            world.Push(repository, branch, author, message, files);
            return null;
        }

        var proposal = FreeName(repository);
        world.SetBranch(repository, proposal, world.Commit(repository, repository.Branches[branch], author, message, files), author);
        var pull = world.OpenPullRequest(repository, proposal, author, message, baseBranch: branch);
        return Results.Redirect($"/{repository.FullName}#pull-{pull.Number}");
    }

    private static string FreeName(Repository repository) =>
        Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? "deploy-yml" : $"deploy-yml-{number}").First(name => !repository.Branches.ContainsKey(name));
}
