using Deliverybot.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Deliverybot.Migrations;

/// <summary>What <c>dotnet ef migrations add</c> builds the model with; it opens no connection.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<DeliverybotContext>
{
    public DeliverybotContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<DeliverybotContext>();
        options.UseDeliverybot(new NpgsqlConnection("Host=localhost;Database=deliverybot"));
        return new DeliverybotContext(options.Options);
    }
}
