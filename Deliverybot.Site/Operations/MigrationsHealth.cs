using Deliverybot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Deliverybot.Site.Operations;

/// <summary>Ready only with every migration applied. Once they are, they stay: it isn't asked again.</summary>
internal sealed class MigrationsHealth(IServiceScopeFactory scopes) : IHealthCheck
{
    private volatile bool applied;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (applied)
        {
            return HealthCheckResult.Healthy();
        }

        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<DeliverybotContext>().Database;
        var pending = await database.GetPendingMigrationsAsync(cancellationToken);
        applied = !pending.Any();
        return applied ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Migrations are pending: run 'Deliverybot.Site migrate'.");
    }
}
