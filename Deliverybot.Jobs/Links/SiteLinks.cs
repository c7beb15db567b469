using Deliverybot.Data.Names;
using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.Links;

/// <summary>The addresses of our own pages, for what is written to GitHub.</summary>
internal sealed class SiteLinks(IOptions<PublicUrlOptions> options)
{
    public Uri? Deployment(RepositoryName repository, DeploymentId id) => At(SitePath.Deployment(repository, id));

    public Uri? Branch(RepositoryName repository, GitRef branch) => At(SitePath.Branch(repository, branch));

    public Uri? Commit(RepositoryName repository, CommitSha sha) => At(SitePath.Commit(repository, sha));

    public Uri? Config(RepositoryName repository) => At(SitePath.Config(repository));

    public Uri? Schema => At(SitePath.Schema);

    private Uri? At(string path) => options.Value.PublicUrl is { } root ? new Uri(root, path) : null;
}

/// <summary>What of the section <c>Deliverybot</c> the jobs need.</summary>
internal sealed class PublicUrlOptions
{
    public const string Section = "Deliverybot";

    /// <summary>The root of every link to this site; null where none is set, and then links are left out.</summary>
    public Uri? PublicUrl { get; set; }
}
