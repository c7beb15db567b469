using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Deployments;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>GitHub's REST objects. Fields that we don't know are skipped, and those it leaves out stay null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(MomentConverter),
        typeof(NameConverters.Commit),
        typeof(NameConverters.Environment),
        typeof(NameConverters.Login),
        typeof(NameConverters.Repository),
        typeof(NameConverters.Deployment),
        typeof(NameConverters.Installation),
        typeof(NameConverters.PullRequest),
        typeof(NameConverters.RepositoryNumber),
        typeof(NameConverters.User),
    ])]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(CheckRun.Page), TypeInfoPropertyName = "CheckRunPage")]
[JsonSerializable(typeof(CollaboratorGrant))]
[JsonSerializable(typeof(CommentText))]
[JsonSerializable(typeof(CommitComparison))]
[JsonSerializable(typeof(CommitStatus[]))]
[JsonSerializable(typeof(CreatedDeployment))]
[JsonSerializable(typeof(GitHubAccount))]
[JsonSerializable(typeof(GitHubComment))]
[JsonSerializable(typeof(GitHubComment[]))]
[JsonSerializable(typeof(GitHubCommit))]
[JsonSerializable(typeof(GitHubDeployment))]
[JsonSerializable(typeof(GitHubDeployment[]))]
[JsonSerializable(typeof(GitHubDeploymentStatus[]))]
[JsonSerializable(typeof(GitHubPullRequest))]
[JsonSerializable(typeof(GitHubPullRequest[]))]
[JsonSerializable(typeof(GitObject))]
[JsonSerializable(typeof(HookDelivery[]))]
[JsonSerializable(typeof(Installation))]
[JsonSerializable(typeof(Installation[]))]
[JsonSerializable(typeof(Installation.Page), TypeInfoPropertyName = "InstallationPage")]
[JsonSerializable(typeof(InstallationAccessToken))]
[JsonSerializable(typeof(NewCommitStatus))]
[JsonSerializable(typeof(NewDeploymentStatus))]
[JsonSerializable(typeof(RepositoryInfo))]
[JsonSerializable(typeof(RepositoryPage))]
[JsonSerializable(typeof(TokenToRevoke))]
internal sealed partial class GitHubJson : JsonSerializerContext;
