using Deliverybot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Deliverybot.Jobs.Engine;

/// <summary>Contexts for pages and for jobs. They share the model; each works on a connection of whoever asks.</summary>
internal sealed class PooledContexts
{
    private readonly DatabasePools _pools;
    private readonly PooledDbContextFactory<DeliverybotContext> _contexts;

    public PooledContexts(DatabasePools pools, IServiceProvider services)
    {
        var options = new DbContextOptionsBuilder<DeliverybotContext>();
        options.UseApplicationServiceProvider(services).UseDeliverybot();
        _pools = pools;
        _contexts = new PooledDbContextFactory<DeliverybotContext>(options.Options);
    }

    /// <summary>For whoever asks. It goes back when it is disposed.</summary>
    public DeliverybotContext Create()
    {
        var context = _contexts.CreateDbContext();
        context.Database.SetDbConnection(_pools.Current.CreateConnection(), contextOwnsConnection: true);
        return context;
    }
}
