namespace Deliverybot.Jobs.Deliveries.Events;

/// <summary>A user, bot or organisation in an event.</summary>
internal sealed record EventAccount(long Id, string Login, string? Type)
{
    public bool IsBot => Type is "Bot";
}
