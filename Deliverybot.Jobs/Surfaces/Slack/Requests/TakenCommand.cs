namespace Deliverybot.Jobs.Surfaces.Slack.Requests;

/// <summary>A slash command, as it came.</summary>
/// <param name="By">Who gave it.</param>
/// <param name="Channel">Where.</param>
/// <param name="Name">How the slash command is called there: <c>/deliverybot</c>.</param>
/// <param name="Text">What was typed after it.</param>
/// <param name="ResponseUrl">Where answers go.</param>
internal sealed record TakenCommand(SlackUser By, SlackChannel Channel, string Name, string Text, Uri ResponseUrl);
