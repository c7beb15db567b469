using Deliverybot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Deliverybot.Jobs.Engine;

/// <summary>Contexts for pages and for jobs. They share the model; each kind works on connections of its own.</summary>
internal sealed class PooledContexts
{
    private readonly DatabasePools _pools;
    private readonly PooledDbContextFactory<DeliverybotContext> _pages;
    private readonly PooledDbContextFactory<DeliverybotContext> _jobs;

    public PooledContexts(DatabasePools pools, IServiceProvider services)
    {
        var options = new DbContextOptionsBuilder<DeliverybotContext>();
        options.UseApplicationServiceProvider(services).UseDeliverybot(pools.Jobs);
        _pools = pools;
        _pages = new PooledDbContextFactory<DeliverybotContext>(options.Options);
        _jobs = new PooledDbContextFactory<DeliverybotContext>(options.Options);
    }

    /// <summary>For whoever asks. It goes back when it is disposed.</summary>
    public DeliverybotContext Create()
    {
        if (!_pools.IsForPage)
        {
            return _jobs.CreateDbContext();
        }

        var context = _pages.CreateDbContext();
        context.Database.SetDbConnection(_pools.Pages.CreateConnection(), contextOwnsConnection: true);
        return context;
    }
}
