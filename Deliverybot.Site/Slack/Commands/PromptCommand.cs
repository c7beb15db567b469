using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Deliverybot.Site.Slack.SlackNet;

namespace Deliverybot.Site.Slack.Commands;

/// <summary>
/// Slack shows an error after three seconds, whatever goes on here. A database that takes longer than that is said to be slow; a
/// command that is taken all the same is answered later.
/// </summary>
internal sealed partial class PromptCommand(IServiceScopeFactory scopes, TimeProvider time, ILogger<PromptCommand> logger) : ISlashCommandHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public async Task<SlashCommandResponse> Handle(SlashCommand command, CancellationToken cancellationToken)
    {
        // In a scope of its own, which outlives the request if it has to.
        var answer = AnswerAsync(command);
        try
        {
            return await answer.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            _ = NoteFaultAsync(answer);
            return new SlashCommandResponse(BlockKit.Write(SlackAnswer.Refusal(
                Mrkdwn.Of($":snail: Deliverybot is slow just now"),
                "If no answer follows within a minute, the command wasn't taken.",
                Mrkdwn.Of($"Then please repeat it."))));
        }
    }

    private async Task NoteFaultAsync(Task late)
    {
        try
        {
            await late;
        }
        catch (Exception fault)
        {
            Log.NotTaken(logger, fault);
        }
    }

    private async Task<SlashCommandResponse> AnswerAsync(SlashCommand command)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DeliverybotCommand>().Handle(command, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A slash command was not taken.")]
        public static partial void NotTaken(ILogger logger, Exception fault);
    }
}
