using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Acts;

internal sealed class RollbackForm(EnvironmentRollbacks rollbacks) : IActForm
{
    public IReadOnlyList<string> Fields => ["target", "to", "id", Confirmation.Reason, Confirmation.Field];

    public string Title => "Roll back";

    public string SubjectOf(ActFields fields) => $"{fields["target"]}";

    public async Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (fields["target"] is not { } target)
        {
            return IActForm.Unread("No target was chosen.");
        }

        if (fields["id"] is not null && fields.Id is null)
        {
            return IActForm.Unread($"'{fields["id"]}' is not the number of a deployment.");
        }

        CommitSha? to = null;
        if (fields["to"] is { } written)
        {
            if (!CommitSha.TryParse(written, out var told))
            {
                return IActForm.Unread($"'{written}' is not a full commit sha: 40 hexadecimal digits.");
            }

            to = told;
        }

        var request = new RollbackRequest
        {
            Place = target.Trim(),
            Via = DeploymentVia.Web,
            Chosen = fields.Id,
            To = to,
            Why = fields[Confirmation.Reason],
        };
        return await rollbacks.RollBackAsync(actor, request, cancellationToken);
    }

    /// <summary>Where there is nothing to go back to, the act says why.</summary>
    public async Task<Confirmation?> AskAsync(Actor actor, ActFields fields, CancellationToken cancellationToken)
    {
        if (fields["target"]?.Trim() is not { } target || (fields["id"] is not null && fields.Id is null))
        {
            return null;
        }

        return await rollbacks.PreviewAsync(actor.Repository, actor.By, target, fields.Id, actor.GitHub, cancellationToken) is { To: { } to } foreseen
            ? new Confirmation($"Roll {target} back", [.. foreseen.All], $"Roll back {target}")
            {
                Fixed = new Dictionary<string, string> { ["to"] = to.Value },
                Difference = foreseen.Environment is { } environment ? Address.Difference(actor.GitHub.Name, environment, to) : null,
            }
            : null;
    }
}
