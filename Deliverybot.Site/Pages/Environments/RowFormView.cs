using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Rollbacks;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;

namespace Deliverybot.Site.Pages.Environments;

/// <summary>A form by which one environment is deployed to, rolled back or locked.</summary>
/// <param name="Row">The environment, by our own rows.</param>
/// <param name="Head">The head of the default branch, where that is what is deployed.</param>
/// <param name="Targets">What each target that deploys there would do with it; null where none can.</param>
/// <param name="Foreseen">What a rollback would do now.</param>
/// <param name="LockRefusal">Why the person may not lock it; null where the person may, or doesn't want to.</param>
/// <param name="ReturnUrl">The page to come back to.</param>
internal sealed record RowFormView(
    RepositoryAccess Access, RowForm Act, EnvironmentRow Row, CommitSha? Head, TargetLines? Targets, RollbackPreview? Foreseen, Sentence? LockRefusal, string ReturnUrl)
{
    public string Title => Act switch
    {
        RowForm.Deploy => $"Deploy to {Row.Environment}",
        RowForm.Rollback => $"Roll back {Row.Environment}",
        RowForm.Lock => $"Lock {Row.Environment}",
    };
}

/// <summary>What a row's menu has a form for.</summary>
internal enum RowForm
{
    Deploy,
    Rollback,
    Lock,
}
