using System.Web;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>A page of the App's attempts to deliver webhooks, the newest first.</summary>
/// <param name="Attempts">What was tried.</param>
/// <param name="Next">Where the older ones are; null: there are none.</param>
internal sealed record HookDeliveries(IReadOnlyList<HookDelivery> Attempts, string? Next)
{
    /// <summary>GitHub names the place of the next page in its address.</summary>
    public static string? CursorOf(Uri? nextPage) => nextPage is null ? null : HttpUtility.ParseQueryString(nextPage.Query)["cursor"];
}

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
