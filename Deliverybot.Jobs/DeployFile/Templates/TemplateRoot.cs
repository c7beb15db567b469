namespace Deliverybot.Jobs.DeployFile.Templates;

/// <summary>What the first word of a path in a template stands for.</summary>
internal enum TemplateRoot
{
    Ref,
    Sha,
    ShortSha,
    Pr,
    Target,
    Owner,
    Repo,
    Commit,
    PullRequest,
}
