using Deliverybot.Data.Names;
using Deliverybot.Jobs.Commands;

namespace Deliverybot.Jobs.Slack.Grammar;

/// <summary>What somebody asks for after <c>/deliverybot</c>. A repository that is left out is the channel's; names are as they were written.</summary>
internal abstract record SlackCommand
{
    private SlackCommand()
    {
    }

    /// <param name="Repository">Null: the channel's.</param>
    /// <param name="Ref">Branch, tag or sha, as written; null: the default branch.</param>
    /// <param name="Target">Which target.</param>
    /// <param name="Force">Without regard to order, queue and checks.</param>
    public sealed record Deploy(RepositoryName? Repository, string? Ref, TargetName Target, bool Force) : SlackCommand;

    public sealed record Status(RepositoryName? Repository, EnvironmentName? Environment) : SlackCommand;

    public sealed record Promote(RepositoryName? Repository, string Commit) : SlackCommand;

    public sealed record Lock(RepositoryName? Repository, EnvironmentName Environment, LockTerms Terms) : SlackCommand;

    public sealed record Unlock(RepositoryName? Repository, EnvironmentName Environment) : SlackCommand;

    /// <param name="Repository">Null: the channel's.</param>
    /// <param name="Place">A target; or one of its environments, where it has many.</param>
    public sealed record Rollback(RepositoryName? Repository, string Place) : SlackCommand;

    public sealed record Default(RepositoryName Repository) : SlackCommand;

    public sealed record Login : SlackCommand;

    public sealed record Logout : SlackCommand;

    public sealed record Help : SlackCommand;
}
