using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class DeployAct(ManualDeployments deployments) : IAct
{
    public string SubjectOf(ActFields fields) =>
        $"{fields.ShortSha} to {fields.Target}{(fields.IsForced ? ", forced" : "")}";

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(fields.Sha, out var sha))
        {
            return IAct.Unread($"'{fields.Sha}' is not a full commit sha: 40 hexadecimal digits.");
        }

        if (string.IsNullOrWhiteSpace(fields.Target))
        {
            return IAct.Unread("No target was chosen.");
        }

        if (fields.LookedAt(actor.DefaultBranch) is not { } lookedAt)
        {
            return IAct.Unread("The repository has no branch yet.");
        }

        var request = new ManualRequest
        {
            Target = new TargetName(fields.Target),
            Sha = sha,
            Source = lookedAt,
            Via = DeploymentVia.Web,
            Force = fields.IsForced,
            Task = fields.Task,
        };
        return await deployments.RequestAsync(actor, request, cancellationToken);
    }
}
