using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>Answers that several commands have in common.</summary>
internal static class SlackAnswers
{
    public static SlackAnswer Unavailable(string reason) =>
        SlackAnswer.Refusal(Mrkdwn.Of($":cloud: GitHub can't be used now"), reason, Mrkdwn.Of($"Please repeat the command later, after a look at the status."));

    public static SlackAnswer Busy(ActResult busy) =>
        SlackAnswer.Refusal(Mrkdwn.Of($":hourglass: {new Mrkdwn(Mrkdwn.Escape(busy.Headline.ToString()))}"), busy.Sentence, Mrkdwn.Of($"Nothing was done."));

    public static SlackAnswer NotLinked(Uri link) => SlackAnswer.Refusal(
        Mrkdwn.Of($":link: You aren't linked to a GitHub account yet"),
        "Deliverybot does in Slack what you may do at GitHub, as you.",
        Mrkdwn.Link(link, "Link your GitHub account"));

    public static SlackAnswer LinkEnded(Uri link) => SlackAnswer.Refusal(
        Mrkdwn.Of($":link: Please link your GitHub account again"),
        "GitHub no longer accepts the link's token, so it was removed here. Nothing was done.",
        Mrkdwn.Link(link, "Link your GitHub account"));

    public static SlackAnswer TooLate(string command) => SlackAnswer.Refusal(
        Mrkdwn.Of($":hourglass: Not carried out: {command}"),
        "It had waited for more than five minutes, so nothing was done.",
        Mrkdwn.Of($"Please repeat it, if it is still wanted."));

    public static SlackAnswer Interrupted(string command) => SlackAnswer.Refusal(
        Mrkdwn.Of($":zap: Interrupted: {command}"),
        "Deliverybot was restarted while it carried this out, and doesn't repeat it by itself.",
        Mrkdwn.Of($"Look at the status first, then repeat it if it is still needed."));

    public static SlackAnswer Failed(string command) => SlackAnswer.Refusal(
        Mrkdwn.Of($":boom: Something went wrong: {command}"),
        "That is a fault of Deliverybot's. Its operators find it in the log.",
        Mrkdwn.Of($"Look at the status first, then repeat it if it is still needed."));

    public static SlackAnswer Login(Uri link, string command) => new()
    {
        Audience = Audience.Caller,
        Headline = Mrkdwn.Of($":link: {Mrkdwn.Link(link, "Link your GitHub account")}"),
        Sentences = ["The page shows both accounts, and asks before it links them."],
        Notes = [Mrkdwn.Of($"{$"{command} logout"} ends the link.")],
    };

    /// <summary>Where no command is near, all are shown.</summary>
    public static SlackAnswer Mistyped(CommandReading.Mistyped mistyped, string command)
    {
        if (mistyped.Usage.Word == "help")
        {
            return Help(command) with { Headline = Mrkdwn.Of($":grey_question: {new Mrkdwn(Mrkdwn.Escape(mistyped.Fault))}") };
        }

        return SlackAnswer.Refusal(
            Mrkdwn.Of($":grey_question: Did you mean {$"{command} {mistyped.Usage}"}?"),
            mistyped.Fault,
            Mrkdwn.Of($"It {new Mrkdwn(mistyped.Usage.Meaning)}."),
            Mrkdwn.Of($"All commands: {$"{command} help"}"));
    }

    public static SlackAnswer Help(string command) => new()
    {
        Audience = Audience.Caller,
        Headline = Mrkdwn.Of($"*Deploy from here, as yourself*"),
        Lines = [.. CommandTable.InSlack.Select(usage => Mrkdwn.Of($"{$"{command} {usage}"}  {new Mrkdwn(usage.Meaning)}"))],
        Notes = [Mrkdwn.Of($"A repository that is left out is the channel's. Names with blanks or slashes: in double quotes.")],
    };
}
