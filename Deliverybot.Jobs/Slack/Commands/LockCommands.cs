using Deliverybot.Jobs.Commands;
using Deliverybot.Jobs.Locks;
using Deliverybot.Jobs.Slack.Grammar;
using Deliverybot.Jobs.Slack.Messages;

namespace Deliverybot.Jobs.Slack.Commands;

/// <summary><c>/deliverybot lock [owner/repo] environment [for 2h] [reason]</c>, and <c>unlock</c>.</summary>
internal sealed class LockCommands(SlackRepositories repositories, EnvironmentLocks locks)
{
    public async Task<SlackAnswer> AnswerAsync(SlackCommand.Lock command, SlackCaller caller, CancellationToken cancellationToken) =>
        await repositories.ToWriteAsync(command.Repository, caller, cancellationToken) switch
        {
            RepositoryChoice.Found found => await LockAsync(command, found, caller, cancellationToken),
            RepositoryChoice.Refused(var refusal) => refusal,
            var other => throw new InvalidOperationException($"A repository that is {other} has no meaning here."),
        };

    public async Task<SlackAnswer> AnswerAsync(SlackCommand.Unlock command, SlackCaller caller, CancellationToken cancellationToken) =>
        await repositories.ToWriteAsync(command.Repository, caller, cancellationToken) switch
        {
            RepositoryChoice.Found found => await UnlockAsync(command, found, caller, cancellationToken),
            RepositoryChoice.Refused(var refusal) => refusal,
            var other => throw new InvalidOperationException($"A repository that is {other} has no meaning here."),
        };

    private async Task<SlackAnswer> LockAsync(
        SlackCommand.Lock command, RepositoryChoice.Found found, SlackCaller caller, CancellationToken cancellationToken)
    {
        var name = found.Info.Name;
        var request = new LockRequest
        {
            RepositoryId = found.Info.Id,
            Environment = command.Environment,
            By = caller.Login,
            Reason = command.Terms.Reason,
            For = command.Terms.For,
        };
        var outcome = await locks.LockAsync(request, found.GitHub, cancellationToken);
        return outcome switch
        {
            LockOutcome.Locked locked => Done(
                Mrkdwn.Of($":lock: {locked.Environment} of {name} is locked"), locked.Sentence, Unlock(locked.Environment, found, caller)),
            LockOutcome.Renewed renewed => Done(
                Mrkdwn.Of($":lock: {renewed.Environment} of {name} stays locked"), renewed.Sentence, Unlock(renewed.Environment, found, caller)),
            LockOutcome.HeldByOther held => SlackAnswer.Refusal(
                Mrkdwn.Of($":lock: {held.Environment} of {name} is locked already"), held.Sentence, Unlock(held.Environment, found, caller)),
            LockOutcome.Unavailable unavailable => SlackAnswers.Unavailable(unavailable.Sentence),
            LockOutcome.Unknown or LockOutcome.Invalid => SlackAnswer.Refusal(
                Mrkdwn.Of($":grey_question: {command.Environment} of {name} stays as it is"), outcome.Sentence),
            _ => throw new InvalidOperationException($"A lock that is {outcome} has no meaning here."),
        };
    }

    private async Task<SlackAnswer> UnlockAsync(
        SlackCommand.Unlock command, RepositoryChoice.Found found, SlackCaller caller, CancellationToken cancellationToken)
    {
        var name = found.Info.Name;
        var outcome = await locks.UnlockAsync(found.Info.Id, command.Environment, caller.Login, found.GitHub, cancellationToken);
        return outcome switch
        {
            UnlockOutcome.Unlocked unlocked => Done(Mrkdwn.Of($":unlock: {unlocked.Environment} of {name} is unlocked"), unlocked.Sentence),
            UnlockOutcome.Unavailable unavailable => SlackAnswers.Unavailable(unavailable.Sentence),
            UnlockOutcome.NothingLocked or UnlockOutcome.Unknown => SlackAnswer.Refusal(
                Mrkdwn.Of($":grey_question: Nothing to unlock in {name}"), outcome.Sentence),
            _ => throw new InvalidOperationException($"An unlocking that is {outcome} has no meaning here."),
        };
    }

    private static SlackAnswer Done(Mrkdwn headline, string sentence, params IReadOnlyList<Mrkdwn> notes) =>
        new() { Audience = Audience.Channel, Headline = headline, Sentences = [sentence], Notes = notes };

    private static Mrkdwn Unlock(Data.Names.EnvironmentName environment, RepositoryChoice.Found found, SlackCaller caller) =>
        Mrkdwn.Of($"Let it go again: {$"{caller.Command} unlock {found.Info.Name} {ArgumentGrammar.Written(environment.Value)}"}");
}
