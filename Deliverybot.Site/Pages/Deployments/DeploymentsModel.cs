using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Deliverybot.Site.Pages.Deployments;

internal sealed class DeploymentsModel(
    UserSession session, GitHubClients gitHub, DeployFiles deployFiles, RepositoryAuthorization authorization, GitHubSilence silence, DeploymentsReader reader, ReleaseReader releases, TimeProvider time) : PageModel
{
    public RepositoryAccess Access { get; private set; } = null!;

    [FromQuery]
    public DeploymentsFilter Filter { get; set; } = new();

    public DeploymentsSuggestions Suggestions { get; private set; } = null!;

    public IReadOnlyList<DeploymentLine> Lines { get; private set; } = [];

    /// <summary>What their commits say and who made them; empty where GitHub doesn't answer.</summary>
    public IReadOnlyDictionary<CommitSha, CommitWords> Words { get; private set; } = new Dictionary<CommitSha, CommitWords>();

    /// <summary>Who promoted them, where somebody did.</summary>
    public IReadOnlyDictionary<DeploymentId, GitHubLogin> Promoted { get; private set; } = new Dictionary<DeploymentId, GitHubLogin>();

    /// <summary>This very page, for the forms on it to come back to.</summary>
    public string ReturnUrl => $"{Request.Path}{Request.QueryString}";

    /// <summary>What the tab of the browser shows. Where the newest may be left out, it says nothing.</summary>
    public PageState State => IsContinued || !Filter.IsEmpty
        ? PageState.Quiet
        : PageStates.Of(Lines.Where(line => !line.IsPreview).Select(line => (line.Environment, line.State.Page)));

    public bool IsContinued { get; private set; }

    public bool HasOlder { get; private set; }

    /// <summary>Where nothing was ever deployed: why nothing will be; null where something may.</summary>
    public FileNote? Why { get; private set; }

    public async Task<IActionResult> OnGetAsync(string owner, string repo, long? before, CancellationToken cancellationToken)
    {
        var access = await authorization.LookAsync(new RepositoryName(owner, repo), cancellationToken);
        if (access is null)
        {
            return NotFound();
        }

        var lines = await reader.ListAsync(access.Id, Filter, before is { } last ? new DeploymentId(last) : null, cancellationToken);
        Access = access;
        Lines = [.. lines.Take(DeploymentsReader.PageSize)];
        if (Lines.Count > 0)
        {
            Words = await releases.WordsOfAsync(access.Name, Lines.Select(line => line.Sha), cancellationToken);
            Promoted = await releases.PromotedAsync(access.Id, Lines, cancellationToken);
            Lines = await JudgeAsync(cancellationToken);
        }

        IsContinued = before is not null;
        HasOlder = lines.Count > Lines.Count;
        Why = Lines.Count == 0 && !IsContinued && Filter.IsEmpty ? await WhyAsync(cancellationToken) : null;
        Suggestions = await reader.SuggestAsync(access.Id, cancellationToken);
        return Page();
    }

    private async Task<FileNote?> WhyAsync(CancellationToken cancellationToken) =>
        Access.DefaultBranch is { } branch && await FileAsync(cancellationToken) is { } file and not DeployFileState.Valid && !silence.IsMet
            ? new FileNote(Access.Name, branch, file)
            : null;

    /// <summary>Without what would be refused.</summary>
    private async Task<IReadOnlyList<DeploymentLine>> JudgeAsync(CancellationToken cancellationToken)
    {
        if (!Access.CanWrite || !Lines.Any(line => line.Again is not null))
        {
            return Lines;
        }

        var offer = new AgainOffer(await FileAsync(cancellationToken), session.User, time.GetUtcNow());
        var locks = await reader.LocksAsync(Access.Id, cancellationToken);
        return [.. Lines.Select(line => line with { Again = offer.Judge(line.Again, line.Environment, locks.GetValueOrDefault(line.Environment.Key)) })];
    }

    private Task<DeployFileState> FileAsync(CancellationToken cancellationToken) => silence.UnlessMetAsync(
        () => deployFiles.ReadAsync(gitHub.User(session.Token).Repository(Access.Name), at: null, cancellationToken), DeployFileState.Unreadable.Unanswered);
}
