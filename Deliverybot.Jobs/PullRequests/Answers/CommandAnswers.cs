using Deliverybot.Jobs.Commands;

namespace Deliverybot.Jobs.PullRequests.Answers;

/// <summary>Does what a command asks for, and says what came of it.</summary>
internal sealed class CommandAnswers(
    DeployAnswer deploy, HelpAnswer help, PromoteAnswer promote, LockAnswers locks, RollbackAnswer rollback, StatusAnswer status, CancelAnswer cancel)
{
    public Task<CommandAnswer> AnswerAsync(CommandContext context, Command command, CancellationToken cancellationToken) => command switch
    {
        Command.Deploy asked => deploy.AnswerAsync(context, asked, cancellationToken),
        Command.Help => help.AnswerAsync(context, cancellationToken),
        Command.Promote => promote.AnswerAsync(context, cancellationToken),
        Command.Lock asked => locks.LockAsync(context, asked, cancellationToken),
        Command.Unlock(var environment) => locks.UnlockAsync(context, environment, cancellationToken),
        Command.Rollback(var target) => rollback.AnswerAsync(context, target, cancellationToken),
        Command.Status => status.AnswerAsync(context, cancellationToken),
        Command.Cancel(var target) => cancel.AnswerAsync(context, target, cancellationToken),
        _ => throw new InvalidOperationException($"A command that is {command} has no meaning here."),
    };
}
