using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Site.Rights;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>A person who may change what happens in a repository.</summary>
/// <param name="Access">To which repository.</param>
/// <param name="GitHub">With the person's own access.</param>
/// <param name="By">Who it is.</param>
internal sealed record Actor(RepositoryAccess Access, RepositoryClient GitHub, GitHubLogin By);
