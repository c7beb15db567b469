using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>Typing commands into Slack, and removing the app.</summary>
internal static class SlackActs
{
    public static void Map(RouteGroupBuilder acts, Stage stage)
    {
        var town = stage.Server.Slack;
        acts.MapPost("/slack/say", async ([FromForm] string member, [FromForm] string room, [FromForm] string text, CancellationToken cancellationToken) =>
        {
            if (town.Members.FirstOrDefault(candidate => candidate.Name == member) is not { } by
                || town.Rooms.FirstOrDefault(candidate => candidate.Name == room) is not { } at)
            {
                return stage.Missing("There is no such person or channel.", "/_/slack");
            }

            await town.SayAsync(by, at, WithoutCommand(text), cancellationToken);
            return Results.Redirect($"/_/slack?member={by.Name}&room={at.Name}");
        });

        acts.MapPost("/slack/remove", async (CancellationToken cancellationToken) =>
        {
            await town.RemoveAppAsync(cancellationToken);
            return Results.Redirect("/_/slack");
        });
    }

    /// <summary>Whoever types the whole command means the same.</summary>
    private static string WithoutCommand(string text) =>
        text.Trim() is var typed && typed.StartsWith("/deliverybot", StringComparison.Ordinal) ? typed["/deliverybot".Length..].Trim() : typed;
}
