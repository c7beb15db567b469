namespace Deliverybot.Sandbox.PostgreSql;

/// <summary>Where a private PostgreSQL keeps its data, and how carefully.</summary>
/// <param name="Directory">Holds the cluster, its password and its log; made when it is missing.</param>
public sealed record PrivatePostgreSqlOptions(string Directory)
{
    /// <summary>False trades safety against power cuts for speed: for tests, whose data nobody misses.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Removes <see cref="Directory"/> once the server has stopped.</summary>
    public bool Temporary { get; init; }

    public int MaxConnections { get; init; } = 300;
}
