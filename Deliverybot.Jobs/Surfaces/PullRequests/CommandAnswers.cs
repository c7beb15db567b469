using Deliverybot.Jobs.Links;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>Does what a command asks for, and says what came of it.</summary>
internal sealed class CommandAnswers(IServiceProvider acts, HelpAnswer help, StatusAnswer status, SiteLinks links)
{
    public async Task<CommandAnswer> AnswerAsync(CommandContext context, Command command, CancellationToken cancellationToken) => command switch
    {
        ActCommand asked => CommandReply.Of(
            asked, await asked.ActAsync(acts, new PullRequestPlace(context, links), cancellationToken), context.Actor.By),
        HelpCommand => await help.AnswerAsync(context, cancellationToken),
        StatusCommand => await status.AnswerAsync(context, cancellationToken),
        _ => throw new InvalidOperationException($"A command that is {command} has no meaning here."),
    };
}
