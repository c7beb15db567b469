using Deliverybot.Data.Names;
using Deliverybot.Jobs.Commands;
using Deliverybot.Jobs.Locks;
using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.PullRequests.Answers;

/// <summary><c>/lock</c> and <c>/unlock</c>.</summary>
internal sealed class LockAnswers(EnvironmentLocks locks)
{
    public async Task<CommandAnswer> LockAsync(CommandContext context, Command.Lock asked, CancellationToken cancellationToken)
    {
        if (context.Closed is { } closed)
        {
            return CommandAnswer.Refused(
                $"{GitHubMarkdown.Plain(closed)}, and a lock ends with the pull request that it was taken in. Take it on the page or in one that is open.");
        }

        var request = new LockRequest
        {
            RepositoryId = context.Repository.Id,
            Environment = asked.Environment,
            By = context.By,
            Reason = asked.Terms.Reason,
            For = asked.Terms.For,
            PullRequest = context.Pull.Number,
        };
        var outcome = await locks.LockAsync(request, context.GitHub, cancellationToken);
        var said = GitHubMarkdown.Plain(outcome.Sentence);
        return outcome switch
        {
            LockOutcome.Locked or LockOutcome.Renewed => CommandAnswer.Done($"🔒 {said}\n\n{HowItEnds(context, outcome)}"),
            LockOutcome.HeldByOther or LockOutcome.Unknown or LockOutcome.Invalid or LockOutcome.Unavailable => CommandAnswer.Refused(said),
            _ => throw new InvalidOperationException($"An outcome that is {outcome} has no meaning here."),
        };
    }

    public async Task<CommandAnswer> UnlockAsync(CommandContext context, EnvironmentName environment, CancellationToken cancellationToken)
    {
        var outcome = await locks.UnlockAsync(context.Repository.Id, environment, context.By, context.GitHub, cancellationToken);
        var said = GitHubMarkdown.Plain(outcome.Sentence);
        return outcome switch
        {
            UnlockOutcome.Unlocked => CommandAnswer.Done($"🔓 {said}"),
            UnlockOutcome.NothingLocked => CommandAnswer.Done(said),
            UnlockOutcome.Unknown or UnlockOutcome.Unavailable => CommandAnswer.Refused(said),
            _ => throw new InvalidOperationException($"An outcome that is {outcome} has no meaning here."),
        };
    }

    private static string HowItEnds(CommandContext context, LockOutcome outcome)
    {
        var (environment, until) = outcome switch
        {
            LockOutcome.Locked locked => (locked.Environment, locked.Lock.Until),
            LockOutcome.Renewed renewed => (renewed.Environment, renewed.Lock.Until),
            _ => throw new InvalidOperationException($"An outcome that is {outcome} has no end."),
        };
        var unlock = GitHubMarkdown.Code($"/unlock {ArgumentGrammar.Written(environment.Value)}");
        var end = until is null ? "" : " at that time,";
        return $"It ends{end} with {unlock}, or when this pull request is merged or closed. Until then {GitHubMarkdown.Plain(context.By.Value)} may deploy there; everything else waits or is refused.";
    }
}
