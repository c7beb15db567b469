using Deliverybot.Data.Deploying;

namespace Deliverybot.Jobs.Surfaces.Slack.Messages;

/// <summary>What a command is answered with, before it is Block Kit.</summary>
internal sealed record SlackAnswer
{
    public required Audience Audience { get; init; }

    /// <summary>What happens, in a line.</summary>
    public required Mrkdwn Headline { get; init; }

    /// <summary>More of it, line by line, as markup.</summary>
    public IReadOnlyList<Mrkdwn> Lines { get; init; } = [];

    /// <summary>Sentences that others have a part in (reasons, descriptions): shown as plain text.</summary>
    public IReadOnlyList<string> Sentences { get; init; } = [];

    /// <summary>What can be done now, and where to look, in small letters.</summary>
    public IReadOnlyList<Mrkdwn> Notes { get; init; } = [];

    /// <summary>The deployment that the answer is about: it is changed as that goes on.</summary>
    public Deployment? Follows { get; init; }

    /// <summary>A refusal: it is nobody else's business, says why, and what can be done.</summary>
    public static SlackAnswer Refusal(Mrkdwn headline, string reason, params IReadOnlyList<Mrkdwn> notes) =>
        new() { Audience = Audience.Caller, Headline = headline, Sentences = [reason], Notes = notes };
}

/// <summary>Who sees an answer.</summary>
internal enum Audience
{
    /// <summary>Only whoever has given the command.</summary>
    Caller,

    /// <summary>Everybody in the channel.</summary>
    Channel,
}
