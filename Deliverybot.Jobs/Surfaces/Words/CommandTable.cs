using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>
/// Every command there is. What people are told of them comes from here: <c>/deploy help</c>, Slack's help, the answer to a slip; the
/// tables of docs/pull-requests.md and docs/slack.md are held to it by a test.
/// </summary>
internal static class CommandTable
{
    private static readonly IReadOnlyList<CommandUsage> All =
    [
        .. DeployCommand.Usages,
        .. HelpCommand.InPullRequests,
        .. PromoteCommand.Usages,
        .. LockCommand.Usages,
        .. UnlockCommand.Usages,
        .. RollbackCommand.Usages,
        .. StatusCommand.Usages,
        .. CancelCommand.Usages,
        .. DefaultCommand.Usages,
        .. LoginCommand.Usages,
        .. LogoutCommand.Usages,
        .. HelpCommand.InSlack,
    ];

    /// <summary>In the order in which people are told of them.</summary>
    public static IReadOnlyList<CommandUsage> InPullRequests { get; } = Of(CommandSurface.PullRequest);

    /// <inheritdoc cref="InPullRequests"/>
    public static IReadOnlyList<CommandUsage> InSlack { get; } = Of(CommandSurface.Slack);

    private static List<CommandUsage> Of(CommandSurface surface) => [.. All.Where(usage => usage.Surface == surface)];
}

internal static class CommandsRegistration
{
    /// <summary>With every act that a command calls: one more needs no line here.</summary>
    public static IServiceCollection AddCommands(this IServiceCollection services)
    {
        foreach (var act in typeof(ActCommand).Assembly.GetTypes().Select(ActOf).OfType<Type>().Distinct())
        {
            services.AddScoped(act);
        }

        return services;
    }

    private static Type? ActOf(Type command) =>
        command.BaseType is { IsGenericType: true } called && called.GetGenericTypeDefinition() == typeof(ActCommand<>) ? called.GetGenericArguments()[0] : null;
}
