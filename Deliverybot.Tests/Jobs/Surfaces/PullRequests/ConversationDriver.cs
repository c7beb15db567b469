using System.Text.Json.Nodes;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>A pull request, what people write in it, and what they are answered.</summary>
internal sealed class ConversationDriver
{
    private readonly House house;

    public ConversationDriver(House house, string deployFile, string state = "open", string branch = "tea")
    {
        this.house = house;
        Shop = new RepositoryDriver(house, deployFile);
        var from = state == "fork" ? World.Fork(Repository, Person("stranger")) : Repository;
        Head = World.Push(from, branch, from == Repository ? house.Ada : from.Owner, "Sell tea");
        Pull = World.OpenPullRequest(
            Repository, branch, from == Repository ? house.Ada : from.Owner, "Sell tea", draft: state == "draft", headRepository: from == Repository ? null : from);
        switch (state)
        {
            case "closed":
                World.ClosePullRequest(Repository, Pull, house.Ada);
                break;
            case "merged":
                World.MergePullRequest(Repository, Pull, house.Ada);
                break;
        }
    }

    public RepositoryDriver Shop { get; }

    public PullRequest Pull { get; }

    /// <summary>Of the pull request, when it was opened.</summary>
    public string Head { get; }

    public Repository Repository => Shop.Repository;

    public GitHubWorld World => house.World;

    /// <summary>All that the App has written in the pull request, oldest first.</summary>
    public IReadOnlyList<IssueComment> Said => World.Read(_ => Repository.Comments.Where(comment => comment.Author == World.AppBot && comment.Number == Pull.Number).ToList());

    public Account Person(string login, RepositoryPermission? permission = null)
    {
        var person = World.FindAccount(login) ?? World.CreateUser(login);
        if (permission is { } may)
        {
            World.SetPermission(person, Repository, may);
        }

        return person;
    }

    /// <summary>Writes a comment, without waiting for what comes of it.</summary>
    public IssueComment Write(string body, Account? by = null) => World.Comment(Repository, Pull.Number, by ?? house.Ada, body);

    /// <summary>Writes a comment, and awaits all that follows from it.</summary>
    public async Task<IssueComment> SayAsync(string body, Account? by = null)
    {
        var comment = Write(body, by);
        await Shop.SettleAsync();
        return comment;
    }

    /// <summary>Writes a command, and awaits the one reply to it.</summary>
    public async Task<string> AskAsync(string body, Account? by = null)
    {
        var comment = await SayAsync(body, by);
        return ReplyTo(comment) ?? throw new InvalidOperationException($"Nobody replied to {body}. It was said: {string.Join(" / ", Said.Select(said => said.Body))}");
    }

    /// <summary>The reply to a comment; null if there is none.</summary>
    public string? ReplyTo(IssueComment comment) =>
        Said.SingleOrDefault(said => said.Body.EndsWith($"<!-- deliverybot:answer:{comment.Id} -->", StringComparison.Ordinal))?.Body.Split("\n\n<!-- deliverybot:")[0];

    /// <summary>The comment that is kept for a target, the newest wherever several were made.</summary>
    public string? TargetComment => Said.LastOrDefault(said => said.Body.Contains("<!-- deliverybot:target:", StringComparison.Ordinal))?.Body.Split("\n\n<!-- deliverybot:")[0];

    /// <summary>The comments that follow rollbacks, oldest first.</summary>
    public IReadOnlyList<string> Rollbacks => Marked("rollback");

    /// <summary>What was said of deployments that failed.</summary>
    public IReadOnlyList<string> Failures => Marked("failure");

    /// <summary>Whoever deploys reports on the newest deployment to an environment.</summary>
    public async Task ReportAsync(string environment, string state, string description = "", string logUrl = "", string environmentUrl = "")
    {
        var made = World.Read(_ => Repository.Deployments.Last(made => made.Environment == environment));
        World.SetDeploymentStatus(Repository, made, state, description: description, logUrl: logUrl, environmentUrl: environmentUrl);
        await Shop.SettleAsync();
    }

    /// <summary>GitHub sends an event as if it were another one: with another number, so that it isn't known as a redelivery.</summary>
    public async Task SendAgainAsync(IssueComment comment, Action<JsonObject> change)
    {
        var sent = World.Webhooks.Deliveries.Last(delivery => delivery is { Event: "issue_comment", Action: "created" }
            && JsonNode.Parse(delivery.Body.Span)!["comment"]!["id"]!.GetValue<long>() == comment.Id);
        var body = JsonNode.Parse(sent.Body.Span)!.AsObject();
        body["told_again"] = true;
        change(body);
        World.Webhooks.Send("issue_comment", (string?)body["action"] ?? "created", sent.InstallationId, Repository.Id, body);
        await Shop.SettleAsync();
    }

    private string[] Marked(string kind) =>
        [.. Said.Where(said => said.Body.Contains($"<!-- deliverybot:{kind}:", StringComparison.Ordinal)).Select(said => said.Body.Split("\n\n<!-- deliverybot:")[0])];

    public static string[] ReactionsTo(IssueComment comment) => [.. comment.Reactions.Select(reaction => reaction.Content)];
}
