using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;

namespace Deliverybot.Sandbox.World;

public sealed partial class GitHubWorld
{
    /// <param name="headRepository">The fork it comes from; the repository itself if left out.</param>
    public PullRequest OpenPullRequest(
        Repository repository,
        string headBranch,
        Account author,
        string title,
        string body = "",
        string? baseBranch = null,
        bool draft = false,
        Repository? headRepository = null)
    {
        lock (Gate)
        {
            var from = headRepository ?? repository;
            var onto = baseBranch ?? repository.DefaultBranch;
            var pull = new PullRequest
            {
                Id = NextId(),
                Number = ++repository.LastNumber,
                Title = title,
                Body = body,
                Author = author,
                HeadRepository = from,
                HeadBranch = headBranch,
                HeadSha = from.Heads[headBranch],
                BaseBranch = onto,
                BaseSha = repository.Heads[onto],
                CreatedAt = Now(),
                UpdatedAt = Now(),
                Draft = draft,
            };
            repository.Pulls.Add(pull);
            EmitPullRequest(repository, pull, "opened", author);
            return pull;
        }
    }

    public void ClosePullRequest(Repository repository, PullRequest pull, Account sender)
    {
        lock (Gate)
        {
            pull.Open = false;
            pull.ClosedAt = pull.UpdatedAt = Now();
            EmitPullRequest(repository, pull, "closed", sender);
        }
    }

    public void ReopenPullRequest(Repository repository, PullRequest pull, Account sender)
    {
        lock (Gate)
        {
            pull.Open = true;
            pull.ClosedAt = null;
            pull.UpdatedAt = Now();
            pull.HeadSha = pull.HeadRepository.Heads.GetValueOrDefault(pull.HeadBranch, pull.HeadSha);
            EmitPullRequest(repository, pull, "reopened", sender);
        }
    }

    /// <summary>Merges by a merge commit, as <c>git merge --no-ff</c>; nothing changes on a conflict.</summary>
    public MergeOutcome MergePullRequest(Repository repository, PullRequest pull, Account sender)
    {
        lock (Gate)
        {
            var message = $"Merge pull request #{pull.Number} from {pull.HeadRepository.Owner.Login}/{pull.HeadBranch}\n\n{pull.Title}";
            var outcome = Merge(repository, pull.BaseBranch, pull.HeadSha, sender, message);
            if (outcome is MergeOutcome.Merged merged)
            {
                pull.Open = false;
                pull.ClosedAt = pull.MergedAt = pull.UpdatedAt = Now();
                pull.MergedBy = sender;
                pull.MergeCommitSha = merged.Commit.Sha;
                EmitPullRequest(repository, pull, "closed", sender);
            }

            return outcome;
        }
    }

    /// <summary>An issue that is no pull request.</summary>
    public Issue OpenIssue(Repository repository, Account author, string title)
    {
        lock (Gate)
        {
            var issue = new Issue(NextId(), ++repository.LastNumber, title, author, Now());
            repository.Issues.Add(issue);
            return issue;
        }
    }

    public IssueComment Comment(Repository repository, int number, Account author, string body) =>
        Comment(repository, number, author, body, byApp: false);

    public void EditComment(Repository repository, IssueComment comment, Account sender, string body)
    {
        lock (Gate)
        {
            var before = comment.Body;
            comment.Body = body;
            comment.UpdatedAt = Now();
            EmitComment(repository, comment, "edited", sender, new JsonObject { ["body"] = new JsonObject { ["from"] = before } });
        }
    }

    public void DeleteComment(Repository repository, IssueComment comment, Account sender)
    {
        lock (Gate)
        {
            repository.CommentList.Remove(comment);
            EmitComment(repository, comment, "deleted", sender);
        }
    }

    internal IssueComment Comment(Repository repository, int number, Account author, string body, bool byApp)
    {
        lock (Gate)
        {
            var comment = new IssueComment(Gate)
            {
                Id = NextId(),
                Number = number,
                Author = author,
                Body = body,
                CreatedAt = Now(),
                UpdatedAt = Now(),
                ByApp = byApp,
            };
            repository.CommentList.Add(comment);
            EmitComment(repository, comment, "created", author);
            return comment;
        }
    }

    private void ClosePullRequestsOf(Repository repository, string branch, Account sender)
    {
        foreach (var target in _repositories.Values.Where(candidate => ReferenceEquals(candidate.Objects, repository.Objects)))
        {
            foreach (var pull in target.Pulls.Where(pull => pull.Open
                && ((pull.HeadRepository == repository && pull.HeadBranch == branch) || (target == repository && pull.BaseBranch == branch))))
            {
                ClosePullRequest(target, pull, sender);
            }
        }
    }

    private void FollowPullRequests(Repository repository, string branch, string? before, string sha, Account author)
    {
        foreach (var target in _repositories.Values.Where(candidate => ReferenceEquals(candidate.Objects, repository.Objects)))
        {
            foreach (var pull in target.Pulls.Where(pull => pull.Open))
            {
                if (pull.HeadRepository == repository && pull.HeadBranch == branch && pull.HeadSha != sha)
                {
                    pull.HeadSha = sha;
                    pull.UpdatedAt = Now();
                    EmitPullRequest(target, pull, "synchronize", author, before, sha);
                }
                else if (target == repository && pull.BaseBranch == branch)
                {
                    pull.BaseSha = sha;
                }
            }
        }
    }

    private void EmitPullRequest(Repository repository, PullRequest pull, string action, Account sender, string? before = null, string? after = null)
    {
        var body = new JsonObject
        {
            ["action"] = action,
            ["number"] = pull.Number,
            ["pull_request"] = PullRequestJson.Of(this, repository, pull),
        };
        if (before is not null)
        {
            body["before"] = before;
            body["after"] = after;
        }

        Emit("pull_request", repository, sender, body);
    }

    private void EmitComment(Repository repository, IssueComment comment, string action, Account sender, JsonObject? changes = null)
    {
        var body = new JsonObject
        {
            ["action"] = action,
            ["issue"] = IssueJson.Of(this, repository, comment.Number),
            ["comment"] = CommentJson.Of(this, repository, comment),
        };
        if (changes is not null)
        {
            body["changes"] = changes;
        }

        Emit("issue_comment", repository, sender, body);
    }
}
