using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Site.Rights;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>A form by which one environment is deployed to, rolled back or locked.</summary>
/// <param name="Row">The environment, by our own rows.</param>
/// <param name="Head">The head of the default branch, where that is what is deployed.</param>
/// <param name="Holds">What becomes of the environment's hold by a deployment of that; empty where there is none.</param>
/// <param name="Foreseen">What a rollback would do now.</param>
/// <param name="ReturnUrl">The page to come back to.</param>
internal sealed record RowFormView(
    RepositoryAccess Access, RowForm Act, EnvironmentRow Row, CommitSha? Head, IReadOnlyList<HoldAfter> Holds, RollbackPreview? Foreseen, string ReturnUrl)
{
    public string Title => Act switch
    {
        RowForm.Deploy => $"Deploy to {Row.Environment}",
        RowForm.Rollback => $"Roll back {Row.Environment}",
        RowForm.Lock => $"Lock {Row.Environment}",
    };
}

/// <summary>What becomes of a hold once a target has been deployed.</summary>
internal sealed record HoldAfter(TargetName Target, Sentence Words);

/// <summary>What a row's menu has a form for.</summary>
internal enum RowForm
{
    Deploy,
    Rollback,
    Lock,
}
