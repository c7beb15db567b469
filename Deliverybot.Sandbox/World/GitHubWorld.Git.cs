using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;

namespace Deliverybot.Sandbox.World;

public sealed partial class GitHubWorld
{
    private const string NoSha = "0000000000000000000000000000000000000000";

    /// <summary>Commits on top of a branch (made from the default branch if it is new) and pushes. A null content removes the file.</summary>
    /// <returns>The sha of the new head.</returns>
    public string Push(
        Repository repository,
        string branch,
        Account author,
        string message,
        IReadOnlyDictionary<string, string?>? files = null)
    {
        lock (Gate)
        {
            var parent = repository.Heads.GetValueOrDefault(branch) ?? repository.Heads[repository.DefaultBranch];
            var commit = AddCommit(repository, [parent], repository.Objects.Get(parent).Files, author, message, files);
            MoveBranch(repository, branch, commit.Sha, author);
            return commit.Sha;
        }
    }

    /// <summary>Replaces the head of a branch by a commit on top of <paramref name="onto"/> (default: the head's parent).</summary>
    public string ForcePush(
        Repository repository,
        string branch,
        Account author,
        string message,
        string? onto = null,
        IReadOnlyDictionary<string, string?>? files = null)
    {
        lock (Gate)
        {
            var parent = onto ?? repository.Objects.Get(repository.Heads[branch]).Parents[0];
            var commit = AddCommit(repository, [parent], repository.Objects.Get(parent).Files, author, message, files);
            MoveBranch(repository, branch, commit.Sha, author);
            return commit.Sha;
        }
    }

    /// <summary>Points a branch at a commit there is already (new branch, fast-forward or forced).</summary>
    public void SetBranch(Repository repository, string branch, string sha, Account author)
    {
        lock (Gate)
        {
            MoveBranch(repository, branch, sha, author);
        }
    }

    /// <summary>Adds a commit that no branch points to, so that no webhook tells of it.</summary>
    public string Commit(
        Repository repository,
        string parent,
        Account author,
        string message,
        IReadOnlyDictionary<string, string?>? files = null)
    {
        lock (Gate)
        {
            return AddCommit(repository, [parent], repository.Objects.Get(parent).Files, author, message, files).Sha;
        }
    }

    /// <summary>
    /// Closes the pull requests from it and into it:
    /// <see href="https://docs.github.com/pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/creating-and-deleting-branches-within-your-repository"/>.
    /// </summary>
    public void DeleteBranch(Repository repository, string branch, Account author)
    {
        lock (Gate)
        {
            var before = repository.Heads[branch];
            repository.Heads.Remove(branch);
            EmitPush(repository, $"refs/heads/{branch}", before, NoSha, author);
            EmitRef("delete", repository, "branch", branch, author);
            ClosePullRequestsOf(repository, branch, author);
        }
    }

    /// <param name="message">Makes it an annotated tag.</param>
    /// <returns>What the ref points to: the commit, or the tag object.</returns>
    public string CreateTag(Repository repository, string name, string sha, Account author, string? message = null)
    {
        lock (Gate)
        {
            var before = repository.TagRefs.GetValueOrDefault(name);
            var target = message is null ? sha : repository.Objects.AddTag(name, sha, message, author, Now(), NextSequence()).Sha;
            repository.TagRefs[name] = target;
            EmitPush(repository, $"refs/tags/{name}", before ?? NoSha, target, author);
            if (before is null)
            {
                EmitRef("create", repository, "tag", name, author);
            }

            return target;
        }
    }

    public void DeleteTag(Repository repository, string name, Account author)
    {
        lock (Gate)
        {
            var before = repository.TagRefs[name];
            repository.TagRefs.Remove(name);
            EmitPush(repository, $"refs/tags/{name}", before, NoSha, author);
            EmitRef("delete", repository, "tag", name, author);
        }
    }

    /// <summary>Merges into the branch will conflict, whatever the files say.</summary>
    public void MarkConflicting(Repository repository, string branch)
    {
        lock (Gate)
        {
            repository.Conflicting.Add(branch);
        }
    }

    internal MergeOutcome Merge(Repository repository, string branch, string sha, Account author, string message, bool noFastForward = true)
    {
        lock (Gate)
        {
            var head = repository.Heads[branch];
            var objects = repository.Objects;
            if (objects.Contains(head, sha))
            {
                return new MergeOutcome.NothingToMerge();
            }

            var start = objects.MergeBase(head, sha)?.Files ?? ImmutableDictionary<string, string>.Empty;
            var ours = FileChange.Between(start, objects.Get(head).Files).Select(change => change.Path).ToHashSet();
            var merged = objects.Get(head).Files;
            foreach (var change in FileChange.Between(start, objects.Get(sha).Files))
            {
                var theirs = objects.Get(sha).Files.GetValueOrDefault(change.Path);
                if (repository.Conflicting.Contains(branch) || (ours.Contains(change.Path) && theirs != merged.GetValueOrDefault(change.Path)))
                {
                    return new MergeOutcome.Conflict();
                }

                merged = theirs is null ? merged.Remove(change.Path) : merged.SetItem(change.Path, theirs);
            }

            var commit = objects.Add([head, sha], merged, author, message, Now(), NextSequence());
            MoveBranch(repository, branch, commit.Sha, author);
            return new MergeOutcome.Merged(commit);
        }
    }

    private Commit AddCommit(
        Repository repository,
        ImmutableArray<string> parents,
        ImmutableDictionary<string, string> tree,
        Account author,
        string message,
        IReadOnlyDictionary<string, string?>? files)
    {
        files ??= new Dictionary<string, string?> { [$"changes/{_lastSequence + 1}.txt"] = message };
        foreach (var (path, content) in files)
        {
            tree = content is null ? tree.Remove(path) : tree.SetItem(path, content);
        }

        return repository.Objects.Add(parents, tree, author, message, Now(), NextSequence());
    }

    private void MoveBranch(Repository repository, string branch, string sha, Account author)
    {
        var before = repository.Heads.GetValueOrDefault(branch);
        if (before == sha)
        {
            return;
        }

        repository.Heads[branch] = sha;
        EmitPush(repository, $"refs/heads/{branch}", before ?? NoSha, sha, author);
        if (before is null)
        {
            EmitRef("create", repository, "branch", branch, author);
        }

        FollowPullRequests(repository, branch, before, sha, author);
    }

    /// <summary>People push at most once a second: two pushes of the same commits would be the same to the byte.</summary>
    private void EmitPush(Repository repository, string reference, string before, string after, Account author)
    {
        var next = repository.PushedAt.AddSeconds(1);
        repository.PushedAt = Now() > next ? Now() : next;
        Emit("push", repository, author, PushJson.Of(this, repository, reference, before, after, author));
    }

    private void EmitRef(string name, Repository repository, string kind, string reference, Account author)
    {
        var body = new JsonObject
        {
            ["ref"] = reference,
            ["ref_type"] = kind,
            ["pusher_type"] = "user",
        };
        if (name == "create")
        {
            body["master_branch"] = repository.DefaultBranch;
            body["description"] = repository.Description;
        }

        Emit(name, repository, author, body);
    }
}
