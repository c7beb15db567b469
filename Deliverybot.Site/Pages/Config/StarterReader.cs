using System.Text;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Contents;
using Deliverybot.Jobs.Links;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Config;

/// <summary>Proposes a <c>deploy.yml</c> by what the repository has: its workflows and languages, which are read as the person who looks, and not kept.</summary>
internal sealed class StarterReader(UserSession session, GitHubClients gitHub, GitHubLinks pages, SiteLinks links)
{
    private const int MostWorkflows = 10;

    private static readonly string[] Endings = [".yml", ".yaml"];

    public async Task<Starter> ReadAsync(RepositoryName repository, GitRef branch, CancellationToken cancellationToken)
    {
        var client = gitHub.User(session.Token).Repository(repository);
        string[] files = [.. (await client.Contents.ListAsync(StarterWorkflow.Folder, cancellationToken)).Where(name => Endings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)))];
        var read = await Task.WhenAll(files.Take(MostWorkflows).Select(file => ReadAsync(client.Contents, file, branch, cancellationToken)));
        WorkflowFacts[] workflows = [.. read.OfType<WorkflowFacts>()];
        var text = StarterFile.For(branch.ShortName, links.Schema, workflows);
        var carrier = workflows.FirstOrDefault(workflow => workflow.CarriesOut)?.File;
        return new Starter(
            new Proposal(DeployFiles.Path, text, pages.NewFile(repository, branch, DeployFiles.Path, text)),
            StarterFile.EnvironmentsOf(workflows),
            StarterFile.ChecksOf(workflows),
            carrier,
            carrier is null ? Carrier(repository, branch, await client.ListLanguagesAsync(cancellationToken), files) : null);
    }

    private Proposal Carrier(RepositoryName repository, GitRef branch, IReadOnlyList<string> languages, string[] taken)
    {
        var path = $"{StarterWorkflow.Folder}/{StarterWorkflow.FileBeside(taken)}";
        var text = StarterWorkflow.For(languages);
        return new Proposal(path, text, pages.NewFile(repository, branch, path, text));
    }

    private static async Task<WorkflowFacts?> ReadAsync(RepositoryContents contents, string file, GitRef branch, CancellationToken cancellationToken)
    {
        var read = await contents.ReadAsync($"{StarterWorkflow.Folder}/{file}", at: null, cancellationToken);
        return read.Match<WorkflowFacts?>(
            found => found.Bytes.Length > DeployFileText.MostBytes ? null : WorkflowFacts.Of(file, Encoding.UTF8.GetString(found.Bytes.Span).TrimStart('\uFEFF'), branch),
            () => null,
            _ => null);
    }
}

/// <summary>What a repository may begin with, and by what that was made.</summary>
/// <param name="Environments">Where commits go, in this order.</param>
/// <param name="Checks">What a commit has to pass at first.</param>
/// <param name="CarriedOutBy">The workflow that carries deployments out; null: none does.</param>
/// <param name="Carrier">One that would, where none does.</param>
internal sealed record Starter(Proposal File, IReadOnlyList<string> Environments, IReadOnlyList<string> Checks, string? CarriedOutBy, Proposal? Carrier);

/// <summary>A file that GitHub's editor opens with.</summary>
internal sealed record Proposal(string Path, string Text, FilledEditor Editor);
