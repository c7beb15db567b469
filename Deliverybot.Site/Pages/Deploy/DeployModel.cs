using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Deploying;
using Deliverybot.Site.Pages.Acts;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Site.Pages.Deploy;

internal sealed class DeployModel(Actors actors, ManualDeployments deployments) : ActModel(actors)
{
    [BindProperty]
    public DeployForm Form { get; set; } = new();

    public override string Subject =>
        $"{(CommitSha.TryParse(Form.Sha, out var sha) ? sha.Short : "?")} to {Form.Target}{(Form.IsForced ? ", forced" : "")}";

    protected override string? ReturnTo => Form.ReturnUrl;

    protected override async Task<IActionResult> ActAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(Form.Sha, out var sha))
        {
            return Say(Unknown($"'{Form.Sha}' is not a full commit sha: 40 hexadecimal digits."));
        }

        if (string.IsNullOrWhiteSpace(Form.Target))
        {
            return Say(Unknown("No target was chosen."));
        }

        if ((LookedAtForm.Read(Form.Ref) ?? Access.DefaultBranch) is not { } branch)
        {
            return Say(Unknown("The repository has no branch yet."));
        }

        var request = new ManualRequest
        {
            RepositoryId = Access.Id,
            Repository = Access.Name,
            Target = new TargetName(Form.Target),
            Sha = sha,
            Source = new CommitSource.LookedAt(branch),
            Trigger = DeploymentTrigger.Web,
            By = actor.By,
            Force = Form.IsForced,
            Task = Form.Task,
        };
        return await deployments.RequestAsync(request, actor.GitHub, cancellationToken) switch
        {
            ManualOutcome.Deployed(var id) => Done($"On its way to {Form.Target}.", id),
            ManualOutcome.Refused refused => Say(
                ActAnswer.Refused("Not deployed", refused.Reason, refused.Id) with { MayForce = !Form.IsForced && refused.YieldsToForce }),
            ManualOutcome.Unknown(var reason) => Say(Unknown(reason)),
            ManualOutcome.Unsure unsure => Say(ActAnswer.Unavailable(unsure.Reason) with { Title = "It isn’t known yet whether it was made", Deployment = unsure.Id }),
            ManualOutcome.Unavailable(var reason) => Say(ActAnswer.Unavailable(reason)),
            var other => throw new InvalidOperationException($"An outcome that is {other} has no meaning here."),
        };
    }

    private static ActAnswer Unknown(string reason) => ActAnswer.Unknown("That can’t be deployed", reason);
}
