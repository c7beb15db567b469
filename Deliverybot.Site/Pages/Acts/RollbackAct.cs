using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Rollbacks;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class RollbackAct(EnvironmentRollbacks rollbacks) : IAct
{
    public string SubjectOf(ActFields fields) => $"{fields.Target}";

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(fields.Target))
        {
            return IAct.Unread("No target was chosen.");
        }

        CommitSha? to = null;
        if (!string.IsNullOrWhiteSpace(fields.To))
        {
            if (!CommitSha.TryParse(fields.To, out var told))
            {
                return IAct.Unread($"'{fields.To}' is not a full commit sha: 40 hexadecimal digits.");
            }

            to = told;
        }

        return await rollbacks.RollBackAsync(actor, new RollbackRequest { Place = fields.Target.Trim(), Via = DeploymentVia.Web, To = to }, cancellationToken);
    }
}
