using System.Globalization;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class DeployForm(ManualDeployments deployments, Consequences consequences, TimeProvider time) : IActForm
{
    /// <summary>The field by which it waits where it may not go out yet.</summary>
    public const string Wait = "wait";

    public IReadOnlyList<string> Fields => ["sha", "ref", "pr", "target", "task", "force", Wait, Confirmation.Reason, Confirmation.Field];

    public string Title => "Deploy";

    public string SubjectOf(ActFields fields) =>
        $"{fields.ShortSha} to {fields["target"]}{(fields.IsForced ? ", forced" : "")}";

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(fields["sha"], out var sha))
        {
            return IActForm.Unread($"'{fields["sha"]}' is not a full commit sha: 40 hexadecimal digits.");
        }

        if (fields["target"] is not { } target)
        {
            return IActForm.Unread("No target was chosen.");
        }

        try
        {
            return await SourceOfAsync(actor, fields, cancellationToken) is { } source
                ? await deployments.RequestAsync(actor, RequestOf(fields, sha, target, source), cancellationToken)
                : IActForm.Unread(fields["pr"] is { } number ? $"There is no pull request {number}." : "The repository has no branch yet.");
        }
        catch (RetryLaterException later) when (later is not TurnTakenException)
        {
            return ActResult.Unavailable($"{target} was not deployed: GitHub can't be used now", later.Reason);
        }
    }

    public async Task<Confirmation?> AskAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(fields["sha"], out var sha) || fields["target"] is not { } target || await SourceOfAsync(actor, fields, cancellationToken) is not { } source)
        {
            return null;
        }

        var told = await consequences.OfAsync(actor, RequestOf(fields, sha, target, source), cancellationToken);
        var what = fields.IsForced ? "Force" : "Deploy";
        return told.Told is []
            ? null
            : new Confirmation($"{what} {sha.Short} to {target}", [.. told.Told.Select(sentence => sentence.ToString())], what)
            {
                Difference = told.Environment is { } environment ? Address.Difference(actor.GitHub.Name, environment, sha) : null,
            };
    }

    /// <summary>The pull request that a deployment belonged to vouches for its commit, where the form says so; else the branch that it was looked at on.</summary>
    /// <returns>Null where there is neither.</returns>
    private async Task<CommitSource?> SourceOfAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (fields["pr"] is not { } written)
        {
            return fields.LookedAt(actor.DefaultBranch);
        }

        var asked = time.GetUtcNow();
        return int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await actor.GitHub.PullRequests.GetAsync(new PullRequestNumber(number), cancellationToken) is { } pull
            ? new CommitSource.NamedIn(pull, asked, ShaNamed: true)
            : null;
    }

    private static ManualRequest RequestOf(ActFields fields, CommitSha sha, string target, CommitSource source) => new()
    {
        Target = new TargetName(target),
        Sha = sha,
        Source = source,
        Via = DeploymentVia.Web,
        Force = fields.IsForced,
        Waits = string.Equals(fields[Wait], "true", StringComparison.OrdinalIgnoreCase),
        Task = fields["task"],
        Why = fields[Confirmation.Reason],
    };
}
