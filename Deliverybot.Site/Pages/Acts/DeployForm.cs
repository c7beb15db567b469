using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class DeployForm(ManualDeployments deployments, Consequences consequences) : IActForm
{
    public IReadOnlyList<string> Fields => ["sha", "ref", "target", "task", "force", Confirmation.Reason, Confirmation.Field];

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

        if (fields.LookedAt(actor.DefaultBranch) is not { } lookedAt)
        {
            return IActForm.Unread("The repository has no branch yet.");
        }

        return await deployments.RequestAsync(actor, RequestOf(fields, sha, target, lookedAt), cancellationToken);
    }

    public async Task<Confirmation?> AskAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(fields["sha"], out var sha) || fields["target"] is not { } target || fields.LookedAt(actor.DefaultBranch) is not { } lookedAt)
        {
            return null;
        }

        var told = await consequences.OfAsync(actor, RequestOf(fields, sha, target, lookedAt), cancellationToken);
        var what = fields.IsForced ? "Force" : "Deploy";
        return told.Told is []
            ? null
            : new Confirmation($"{what} {sha.Short} to {target}", [.. told.Told.Select(sentence => sentence.ToString())], what)
            {
                Difference = told.Environment is { } environment ? Address.Difference(actor.GitHub.Name, environment, sha) : null,
            };
    }

    private static ManualRequest RequestOf(ActFields fields, CommitSha sha, string target, CommitSource.LookedAt lookedAt) => new()
    {
        Target = new TargetName(target),
        Sha = sha,
        Source = lookedAt,
        Via = DeploymentVia.Web,
        Force = fields.IsForced,
        Task = fields["task"],
        Why = fields[Confirmation.Reason],
    };
}
