using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>One attempt of GitHub's to deliver a webhook to the App.</summary>
/// <param name="Id">GitHub's number of the attempt: what it is redelivered by.</param>
/// <param name="Guid">Names the delivery; all its attempts share it.</param>
internal sealed record HookDelivery(
    long Id,
    Guid? Guid,
    DateTimeOffset? DeliveredAt,
    bool Redelivery,
    int StatusCode,
    string? Event,
    string? Action,
    InstallationId? InstallationId,
    RepositoryId? RepositoryId)
{
    public bool Succeeded => StatusCode is >= 200 and < 400;
}
