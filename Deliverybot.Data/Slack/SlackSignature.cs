namespace Deliverybot.Data.Slack;

/// <summary>A signature that was accepted within the last minutes: the same one is refused.</summary>
public sealed class SlackSignature
{
    public required byte[] Signature { get; init; }

    public required DateTimeOffset SeenAt { get; init; }
}
