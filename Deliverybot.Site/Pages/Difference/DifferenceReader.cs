using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Difference;

/// <summary>Reads what an environment would get, and lose, by what another one runs, by a branch's head or by a commit.</summary>
internal sealed class DifferenceReader(UserSession session, GitHubClients gitHub, RepositoryAuthorization authorization, Standings standings)
{
    private const int MostCommits = 100;

    /// <returns>Null if the user can't see such a repository.</returns>
    public async Task<DifferenceView?> ReadAsync(RepositoryName repository, DifferenceQuery query, CancellationToken cancellationToken)
    {
        if (await authorization.SeeAsync(repository, cancellationToken) is not { } access)
        {
            return null;
        }

        var found = await standings.ReadAsync(access.Id, only: null, cancellationToken);
        var order = EnvironmentOrder.Of(targets: null, found);
        var environments = found.Where(standing => standing.Live is not null).Select(standing => standing.Environment).Order(order).ToList();
        var at = query.Environment is { } named ? LiveIn(found, named) : null;
        var (other, revision) = OtherOf(found, access, query);
        var difference = at is null || revision is not { } to
            ? null
            : await CommitDifference.ReadAsync(gitHub.User(session.Token).Repository(access.Name), at.Sha, to, MostCommits, cancellationToken);
        return new DifferenceView(access, query, environments, at, other, revision?.Value, difference);
    }

    private static Deployment? LiveIn(IReadOnlyList<Standing> found, EnvironmentName environment) =>
        found.FirstOrDefault(standing => standing.Environment == environment)?.Live;

    /// <summary>What it is called, and which commit it is; the default branch where nothing is named.</summary>
    private static (string Name, Revision? Revision) OtherOf(IReadOnlyList<Standing> found, RepositoryAccess access, DifferenceQuery query) =>
        query.With is { } environment ? (environment.Value, LiveIn(found, environment) is { } live ? (Revision?)live.Sha : null)
        : query.Sha is { } sha ? (sha.Short, sha)
        : (query.Ref ?? access.DefaultBranch) is { } branch ? (branch.ShortName, branch)
        : ("the default branch", null);
}

/// <summary>What is compared, as the address says it.</summary>
/// <param name="Environment">What is to change.</param>
/// <param name="With">The environment whose commit would come.</param>
/// <param name="Ref">The branch or tag whose head would come.</param>
/// <param name="Sha">The commit that would come.</param>
internal sealed record DifferenceQuery(EnvironmentName? Environment, EnvironmentName? With, GitRef? Ref, CommitSha? Sha)
{
    public static DifferenceQuery Of(string? environment, string? with, string? name, string? sha) => new(
        Text(environment) is { } at ? new EnvironmentName(at) : null,
        Text(with) is { } other ? new EnvironmentName(other) : null,
        Text(name) is { } read ? Address.ReadBranch(read) : null,
        CommitSha.TryParse(sha, out var whole) ? whole : null);

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) || value.Contains('\0', StringComparison.Ordinal) ? null : value.Trim();
}

/// <param name="Environments">Those that something can be compared of, in their order.</param>
/// <param name="At">What the environment runs now; null where nothing does, or none is named.</param>
/// <param name="Other">What would come, by its name.</param>
/// <param name="Revision">The same for GitHub; null where there is nothing that could come.</param>
/// <param name="Difference">Null where GitHub can't compare the two.</param>
internal sealed record DifferenceView(
    RepositoryAccess Access,
    DifferenceQuery Query,
    IReadOnlyList<EnvironmentName> Environments,
    Deployment? At,
    string Other,
    string? Revision,
    CommitDifference? Difference)
{
    public string Title => Query.Environment is { } environment ? $"What {Other} would bring to {environment}" : "What would come, and go";

    /// <summary>The whole in a sentence.</summary>
    public string Sentence => (Query.Environment, At, Revision, Difference) switch
    {
        (null, _, _, _) => "Choose the environment that would change.",
        ({ } environment, null, _, _) => $"Nothing is live in {environment}: all of it would be new there.",
        (_, _, null, _) => $"Nothing is live in {Other}: there is nothing that could come.",
        (_, _, _, null) => "GitHub can’t compare them: they have nothing in common, or one of them is gone.",
        (_, _, _, { Fault: { } fault }) => $"The commits can’t be shown now. {fault}",
        (_, _, _, { CameCount: 0, LeftCount: 0 }) => $"Nothing: {Query.Environment} runs the same commit.",
        (_, _, _, { CameCount: 0 } all) => $"Nothing new would come: {Counted(all.LeftCount)} would leave.",
        (_, _, _, { LeftCount: 0 } all) => $"{Counted(all.CameCount)} would come.",
        (_, _, _, { } both) => $"{Counted(both.CameCount)} would come, {Counted(both.LeftCount)} would leave.",
    };

    private static string Counted(int commits) => commits == 1 ? "1 commit" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{commits} commits");
}
