using Deliverybot.Sandbox.Slack;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>What was typed into Slack lately, newest first, and who types next.</summary>
public sealed record SlackView(
    bool HasApp, IReadOnlyList<SlackConversation> Conversations, IReadOnlyList<SlackMember> Members, IReadOnlyList<SlackRoom> Rooms, string? Member, string? Room)
{
    private const int ConversationsShown = 40;

    internal static SlackView Of(SlackTown town, string? member, string? room) =>
        new(town.HasApp, [.. town.Conversations.Reverse().Take(ConversationsShown)], town.Members, town.Rooms, member, room);
}
