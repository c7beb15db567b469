using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>Why there is nothing to deploy.</summary>
internal sealed record FileNote(RepositoryName Repository, GitRef Branch, DeployFileState File);
