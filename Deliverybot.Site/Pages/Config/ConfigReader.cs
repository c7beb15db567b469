using System.Text;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Contents;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Config;

/// <summary>Reads <c>deploy.yml</c> with its text: what a reader is shown of it, errors and all.</summary>
internal sealed class ConfigReader(UserSession session, GitHubClients gitHub)
{
    public async Task<ConfigFile> ReadAsync(RepositoryName repository, CancellationToken cancellationToken)
    {
        var contents = gitHub.User(session.Token).Repository(repository).Contents;
        return await ReadAsync(contents, repository.Owner, DeployFiles.Path, cancellationToken) is not ConfigFile.Absent and var file ? file
            : await ReadAsync(contents, repository.Owner, DeployFiles.Misnamed, cancellationToken) is ConfigFile.Sound or ConfigFile.Faulty ? new ConfigFile.Misnamed()
            : new ConfigFile.Absent();
    }

    private static async Task<ConfigFile> ReadAsync(RepositoryContents contents, string owner, string path, CancellationToken cancellationToken)
    {
        var read = await contents.ReadAsync(path, at: null, cancellationToken);
        return read.Match<ConfigFile>(found => FileOf(found.Bytes, owner), () => new ConfigFile.Absent(), reason => new ConfigFile.Unreadable(reason));
    }

    private static ConfigFile FileOf(ReadOnlyMemory<byte> bytes, string owner)
    {
        var text = bytes.Length > DeployFileText.MostBytes ? null : Encoding.UTF8.GetString(bytes.Span).TrimStart('\uFEFF');
        return DeployFileParser.Parse(bytes, owner).Match<ConfigFile>(
            targets => new ConfigFile.Sound(text!, targets), errors => new ConfigFile.Faulty(text, errors), () => new ConfigFile.Workflow());
    }
}
