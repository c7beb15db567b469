using System.Web;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>A page of the App's attempts to deliver webhooks, the newest first.</summary>
/// <param name="Attempts">What was tried.</param>
/// <param name="Next">Where the older ones are; null: there are none.</param>
internal sealed record HookDeliveries(IReadOnlyList<HookDelivery> Attempts, string? Next)
{
    /// <summary>GitHub names the place of the next page in its address.</summary>
    public static string? CursorOf(Uri? nextPage) => nextPage is null ? null : HttpUtility.ParseQueryString(nextPage.Query)["cursor"];
}
