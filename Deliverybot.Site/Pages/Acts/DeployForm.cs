using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class DeployForm(ManualDeployments deployments) : IActForm
{
    public IReadOnlyList<string> Fields => ["sha", "ref", "target", "task", "force"];

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

        var request = new ManualRequest
        {
            Target = new TargetName(target),
            Sha = sha,
            Source = lookedAt,
            Via = DeploymentVia.Web,
            Force = fields.IsForced,
            Task = fields["task"],
        };
        return await deployments.RequestAsync(actor, request, cancellationToken);
    }
}
