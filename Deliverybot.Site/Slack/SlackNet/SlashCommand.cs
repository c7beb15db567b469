using Microsoft.Extensions.Primitives;

namespace Deliverybot.Site.Slack.SlackNet;

/// <summary>A slash command, with Slack's own fields (<see href="https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling"/>).</summary>
internal sealed record SlashCommand
{
    public required string Command { get; init; }

    public required string Text { get; init; }

    public required string TeamId { get; init; }

    public required string ChannelId { get; init; }

    public required string UserId { get; init; }

    public required Uri ResponseUrl { get; init; }

    /// <returns>Null where a field is missing that every command has.</returns>
    public static SlashCommand? Read(IReadOnlyDictionary<string, StringValues> form)
    {
        // PostgreSQL keeps no text with a NUL in it, and Slack sends none.
        string? Field(string name) => form.TryGetValue(name, out var value) && value is [{ Length: > 0 } text] && !text.Contains('\0', StringComparison.Ordinal) ? text : null;

        return Field("command") is { } command
            && Field("team_id") is { } team
            && Field("channel_id") is { } channel
            && Field("user_id") is { } user
            && Uri.TryCreate(Field("response_url"), UriKind.Absolute, out var responseUrl)
                ? new SlashCommand
                {
                    Command = command,
                    Text = Field("text") ?? "",
                    TeamId = team,
                    ChannelId = channel,
                    UserId = user,
                    ResponseUrl = responseUrl,
                }
                : null;
    }
}
