using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>Who has given a command, and where. It exists while the command is answered.</summary>
/// <param name="User">As whom at GitHub.</param>
/// <param name="GitHub">That person's own access.</param>
/// <param name="Channel">Where it was given.</param>
/// <param name="Command">How the slash command is called there.</param>
/// <param name="Text">What was written after that.</param>
/// <param name="Link">The number of the link.</param>
internal sealed record SlackCaller(GitHubUser User, UserClient GitHub, SlackChannel Channel, string Command, string Text, long Link);
