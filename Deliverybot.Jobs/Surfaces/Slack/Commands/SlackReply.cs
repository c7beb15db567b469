using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>What came of an act, as Slack shows it. What changes something is told to everybody in the channel.</summary>
internal sealed class SlackReply(DeploymentAnswers deployments)
{
    public async Task<SlackAnswer> OfAsync(
        ActCommand command, ActResult result, RepositoryName repository, SlackCaller caller, CancellationToken cancellationToken)
    {
        if (result is { End: ActEnd.UnderWay or ActEnd.Waits, Deployment: { } begun })
        {
            var answer = await deployments.OfAsync(begun, cancellationToken);
            return result.Sentence.IsEmpty ? answer : answer with { Sentences = [result.Sentence] };
        }

        var link = result.Deployment is { } id ? deployments.LinkTo(repository, id) : null;
        return Of(result, command.Sign, repository, caller, link is { } page ? [page] : []);
    }

    /// <summary>The act was not so much as begun.</summary>
    public static SlackAnswer Refusal(ActResult result, RepositoryName repository, SlackCaller caller) => Of(result, sign: null, repository, caller, []);

    private static SlackAnswer Of(ActResult result, string? sign, RepositoryName repository, SlackCaller caller, IReadOnlyList<Mrkdwn> links) => new()
    {
        Audience = result.End == ActEnd.Done ? Audience.Channel : Audience.Caller,
        Headline = Mrkdwn.Of($"{new Mrkdwn(SignOf(result.End, sign))} {repository}: {Shown(result.Headline)}"),
        Sentences = result.Sentence.IsEmpty ? [] : [result.Sentence],
        Notes = [.. NotesOf(result, repository, caller), .. links],
    };

    private static Mrkdwn Shown(Headline headline) => new(headline.Show(
        (name, address) => address is null ? Mrkdwn.Code(name).Markup : Mrkdwn.Link(address, name).Markup, Mrkdwn.Escape));

    private static string SignOf(ActEnd end, string? sign) => end switch
    {
        ActEnd.UnderWay or ActEnd.Done => sign ?? ":white_check_mark:",
        ActEnd.Already => ":white_check_mark:",
        ActEnd.Waits => ":hourglass_flowing_sand:",
        ActEnd.Refused or ActEnd.NotAllowed => ":no_entry:",
        ActEnd.Unavailable => ":cloud:",
        ActEnd.Nothing or ActEnd.Unknown or ActEnd.Unsure => ":grey_question:",
    };

    private static IEnumerable<Mrkdwn> NotesOf(ActResult result, RepositoryName repository, SlackCaller caller) =>
        result.End == ActEnd.NotAllowed
            ? [Mrkdwn.Of($"{$"{caller.Command} status {repository}"} works for you."), .. result.Hints.Select(hint => hint.Say(new HintWords(result, repository, caller)))]
            : result.Hints.Select(hint => hint.Say(new HintWords(result, repository, caller)));

    private sealed class HintWords(ActResult result, RepositoryName repository, SlackCaller caller) : IHintWords<Mrkdwn>
    {
        public Mrkdwn Of(ActHint.Force hint) => Mrkdwn.Of($"Deploy it all the same: {$"{caller.Command} {caller.Text} force"}");

        public Mrkdwn Of(ActHint.Wait hint) => Mrkdwn.Of($"Let it go out once it may: {$"{caller.Command} {caller.Text} wait"}");

        public Mrkdwn Of(ActHint.LockedBySomebody hint) => Unlock("End the lock", hint.Environment);

        public Mrkdwn Of(ActHint.Unlock hint) => Unlock(result.End == ActEnd.Done ? "Let it go again" : "End the lock", hint.Environment);

        public Mrkdwn Of(ActHint.LetGo hint) => Unlock("Let it go again", hint.Environment);

        public Mrkdwn Of(ActHint.GoesOn hint) => hint.IsUnderWay
            ? Mrkdwn.Of($"{new Mrkdwn(Mrkdwn.Escape(hint.What))} How it goes: {$"{caller.Command} status {repository}"}")
            : new(Mrkdwn.Escape(hint.What));

        public Mrkdwn Of(ActHint.TryLater hint) => Mrkdwn.Of($"Please repeat the command later, after a look at the status.");

        public Mrkdwn Of(ActHint.DeployBefore hint) =>
            Mrkdwn.Of($"Deploy it there first: {$"{caller.Command} deploy {repository}@{hint.Sha.Short} {ArgumentGrammar.Written(hint.Target.Value)}"}");

        public Mrkdwn Of(ActHint.LookAt hint) => hint.Address is { } address ? Mrkdwn.Link(address, hint.What) : new(Mrkdwn.Escape(hint.What));

        public Mrkdwn Of(ActHint.Next hint) => new(Mrkdwn.Escape(hint.Step));

        private Mrkdwn Unlock(string what, EnvironmentName environment) =>
            Mrkdwn.Of($"{new Mrkdwn(what)}: {$"{caller.Command} unlock {repository} {ArgumentGrammar.Written(environment.Value)}"}");
    }
}
