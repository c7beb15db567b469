using Deliverybot.Jobs.Markup;
using Deliverybot.Jobs.Surfaces.Words;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>Carries out what was asked for, and says what came of it.</summary>
internal sealed class PullRequestCommands(IServiceProvider acts, PullRequestHelp help, PullRequestStatus status, OutOfSight outOfSight)
{
    public async Task<CommandAnswer> AnswerAsync(CommandContext context, Command command, CancellationToken cancellationToken) => command switch
    {
        ActCommand asked => await ActAsync(context, asked, cancellationToken),
        HelpCommand => await help.AnswerAsync(context, cancellationToken),
        StatusCommand => await status.AnswerAsync(context, cancellationToken),
        _ => throw new InvalidOperationException($"A command that is {command} has no meaning here."),
    };

    private async Task<CommandAnswer> ActAsync(CommandContext context, ActCommand asked, CancellationToken cancellationToken)
    {
        var results = await asked.ActAsync(acts, new PullRequestPlace(context), cancellationToken);
        var above = await outOfSight.FindAsync(context, results, cancellationToken);
        var told = results.Select(result => (result, result.Deployment is { } id ? above.GetValueOrDefault(id) : null)).ToList();
        return CommandReply.Of(asked, told, context.Actor.By);
    }
}

/// <param name="Succeeded">Whether all was done that was asked for.</param>
/// <param name="Markdown">The reply; null where the comment of the target says it.</param>
internal sealed record CommandAnswer(bool Succeeded, string? Markdown)
{
    public static CommandAnswer Done(string? markdown = null) => new(true, markdown);

    public static CommandAnswer Refused(string markdown) => new(false, markdown);
}

/// <summary>How commands are written, as a reply shows it.</summary>
internal static class CommandUsages
{
    public static string Table() =>
        "| Command | |\n| --- | --- |\n" + string.Concat(CommandTable.InPullRequests.Select(usage => $"| `{usage}` | {usage.Meaning} |\n"));

    public static CommandAnswer Of(CommandReading.Mistyped mistyped) =>
        CommandAnswer.Refused($"{GitHubMarkdown.Plain(mistyped.Fault)}\n\n`{mistyped.Usage}` {mistyped.Usage.Meaning}.");
}

internal static class CommentCommandsRegistration
{
    public static IServiceCollection AddCommentCommands(this IServiceCollection services) => services
        .AddScoped<PullRequestHelp>()
        .AddScoped<PullRequestStatus>()
        .AddScoped<OutOfSight>()
        .AddScoped<PullRequestCommands>();
}
