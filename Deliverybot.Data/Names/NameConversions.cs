using Deliverybot.Data.Activity;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Deliverybot.Data.Names;

/// <summary>How ids, names and enums are stored, wherever they stand.</summary>
internal static class NameConversions
{
    public static void AddTo(ModelConfigurationBuilder builder)
    {
        builder.Properties<RepositoryId>().HaveConversion<RepositoryIdConverter>();
        builder.Properties<InstallationId>().HaveConversion<InstallationIdConverter>();
        builder.Properties<GitHubUserId>().HaveConversion<GitHubUserIdConverter>();
        builder.Properties<GitHubDeploymentId>().HaveConversion<GitHubDeploymentIdConverter>();
        builder.Properties<DeploymentId>().HaveConversion<DeploymentIdConverter>();
        builder.Properties<PullRequestNumber>().HaveConversion<PullRequestNumberConverter>();
        builder.Properties<WebhookDeliveryGuid>().HaveConversion<WebhookDeliveryGuidConverter>();
        builder.Properties<SignedDigest>().HaveConversion<SignedDigestConverter>();
        builder.Properties<CommitSha>().HaveConversion<CommitShaConverter>();
        builder.Properties<GitRef>().HaveConversion<GitRefConverter>();
        builder.Properties<EnvironmentName>().HaveConversion<EnvironmentNameConverter>();
        builder.Properties<TargetName>().HaveConversion<TargetNameConverter>();
        builder.Properties<GitHubLogin>().HaveConversion<GitHubLoginConverter>();
        builder.Properties<Sentence>().HaveConversion<SentenceConverter>();
        builder.Properties<DeploymentState>().HaveConversion<string>();
        builder.Properties<DeploymentCause>().HaveConversion<string>();
        builder.Properties<DeploymentAct>().HaveConversion<string>();
        builder.Properties<DeploymentVia>().HaveConversion<string>();
        builder.Properties<DeploymentAccess>().HaveConversion<string>();
        builder.Properties<LockKind>().HaveConversion<string>();
        builder.Properties<ActivityKind>().HaveConversion<string>();
    }

    private sealed class RepositoryIdConverter() : ValueConverter<RepositoryId, long>(id => id.Value, value => new RepositoryId(value));

    private sealed class InstallationIdConverter() : ValueConverter<InstallationId, long>(id => id.Value, value => new InstallationId(value));

    private sealed class GitHubUserIdConverter() : ValueConverter<GitHubUserId, long>(id => id.Value, value => new GitHubUserId(value));

    private sealed class GitHubDeploymentIdConverter() : ValueConverter<GitHubDeploymentId, long>(id => id.Value, value => new GitHubDeploymentId(value));

    private sealed class DeploymentIdConverter() : ValueConverter<DeploymentId, long>(id => id.Value, value => new DeploymentId(value));

    private sealed class PullRequestNumberConverter() : ValueConverter<PullRequestNumber, int>(number => number.Value, value => new PullRequestNumber(value));

    private sealed class WebhookDeliveryGuidConverter() : ValueConverter<WebhookDeliveryGuid, Guid>(guid => guid.Value, value => new WebhookDeliveryGuid(value));

    private sealed class SignedDigestConverter() : ValueConverter<SignedDigest, Guid>(digest => digest.Value, value => new SignedDigest(value));

    private sealed class CommitShaConverter() : ValueConverter<CommitSha, string>(sha => sha.Value, value => new CommitSha(value));

    private sealed class GitRefConverter() : ValueConverter<GitRef, string>(reference => reference.Value, value => new GitRef(value));

    private sealed class EnvironmentNameConverter() : ValueConverter<EnvironmentName, string>(name => name.Value, value => new EnvironmentName(value));

    private sealed class TargetNameConverter() : ValueConverter<TargetName, string>(name => name.Value, value => new TargetName(value));

    private sealed class GitHubLoginConverter() : ValueConverter<GitHubLogin, string>(login => login.Value, value => new GitHubLogin(value));

    private sealed class SentenceConverter() : ValueConverter<Sentence, string>(sentence => sentence.Kept, kept => Sentence.Read(kept));
}
