using System.Globalization;
using Deliverybot.Data;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Deliverybot.Site.Operations;

/// <summary>
/// Whether the work gets done: GitHub lets the App in, and no webhook waits for long. That says nothing of this process, which takes
/// webhooks and shows pages all the same, so it makes none unready. What stands here anybody may read: kinds of faults, and numbers.
/// </summary>
internal sealed class GitHubHealth(Entrance entrance, IServiceScopeFactory scopes, TimeProvider time) : IHealthCheck
{
    public const string Tag = "github";

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = entrance.Faults;
        var late = await LateAsync(cancellationToken);
        string[] words =
        [
            .. faults.Count == 0 ? Array.Empty<string>() : [$"GitHub doesn't let the App in ({string.Join(", ", faults)}). The log says more."],
            .. late == 0 ? Array.Empty<string>() : [string.Create(
                CultureInfo.InvariantCulture, $"{late} {(late == 1 ? "webhook has" : "webhooks have")} waited for more than {Long.TotalMinutes:0} minutes.")],
        ];
        return words.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join('\n', words));
    }

    private async Task<int> LateAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var old = time.GetUtcNow() - Long;
        var deliveries = scope.ServiceProvider.GetRequiredService<DeliverybotContext>().WebhookDeliveries;
        // Two counts, for there is an index for each.
        return await deliveries.CountAsync(row => row.DispatchedAt == null && row.ReceivedAt < old, cancellationToken)
            + await deliveries.CountAsync(row => row.DispatchedAt != null && row.ProcessedAt == null && row.ReceivedAt < old, cancellationToken);
    }
}
