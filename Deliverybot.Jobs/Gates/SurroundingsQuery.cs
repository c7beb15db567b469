using Deliverybot.Data.Deploying;
using Deliverybot.Data.Locks;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Npgsql;

namespace Deliverybot.Jobs.Gates;

/// <summary>Reads everything around a wish in one round trip: this is the hot path of every deployment.</summary>
internal static class SurroundingsQuery
{
    private const string Placed =
        $"""
        select id, target, sha, task, requested_by, cause = 'External', state, gate, {SilentDeployments.HeardAtSql}, created_at, github_id, awaits_approval, requested_by_id, deployed_at
        from deployments
        """;

    /// <summary>What waits for, or is on its way to, the environment; without a queue nobody waits for it.</summary>
    private static readonly string Unfinished =
        $"""
        {Placed}
        where repository_id = $1 and environment_key = $2 and id <> $3 and $4
          and state in {DeploymentStates.Sql(DeploymentStates.Unfinished)} and does_not_count is null
        order by created_at, id
        """;

    /// <summary>The last that is on its way there. One whose creation has no answer yet has no number, and comes after all that have.</summary>
    private static readonly string LastSent =
        $"""
        {Placed}
        where repository_id = $1 and environment_key = $2 and id <> $3 and task = $4 and {TargetDeployments.CountingSql("$5")}
          and state in {DeploymentStates.Sql(DeploymentStates.Active)} and does_not_count is null
        order by github_id desc nulls first limit 1
        """;

    private const string Locks =
        """
        select kind, holder, reason, until, holder_id, target, rolled_back_from from environment_locks
        where repository_id = $1 and environment_key = $2 and (until is null or until > $3)
        """;

    /// <summary>Where the branch or tag stands, and whether there is a tag or branch that is called like it.</summary>
    private const string Head =
        """
        select own.sha, own.ref is not null,
          exists (select from ref_heads where repository_id = $1 and ref = $3 and sha is not null)
        from (select) one left join ref_heads own on own.repository_id = $1 and own.ref = $2
        """;

    /// <summary>
    /// Later events' wishes of another commit for the same ref and target that have not ended undeployed, or whose commit a person has
    /// deployed there, even while the event's own wish waits. What a person chose may be older, and says nothing of the order. A wish is dated by where its commit
    /// belongs (<c>LateEvents</c>).
    /// </summary>
    private static readonly string Newer =
        $"""
        select later.sha, coalesce(by_hand.state, later.state) from deployments later
        left join lateral (
          select state from deployments
          where repository_id = later.repository_id and sha = later.sha and target = later.target and github_id is not null and does_not_count is null
            and (later.state in {DeploymentStates.Sql(DeploymentStates.Undeployed)} or cause = 'Person')
          limit 1
        ) by_hand on later.state in {DeploymentStates.Sql([.. DeploymentStates.Undeployed, DeploymentState.Waiting])}
        where later.repository_id = $1 and (later.created_at, later.id) > ($6, $2) and later.target = $3 and later.ref = $4 and later.sha <> $5
          and later.{DeploymentCauses.AutomaticSql}
          and (later.state not in {DeploymentStates.Sql(DeploymentStates.Undeployed)} or by_hand.state is not null)
        order by later.created_at desc, later.id desc limit 100
        """;

    private static readonly string LastSuccess =
        $"""
        {Placed}
        where repository_id = $1 and environment_key = $2 and succeeded_at is not null
          and task = $3 and {TargetDeployments.CountingSql("$4")}
        order by succeeded_at desc, id desc limit 1
        """;

    public static async Task<Surroundings> ReadAsync(
        NpgsqlConnection connection, RepositoryId repositoryId, WishFacts wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var repository = repositoryId.Value;
        var environment = wish.Environment.Key;
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, Unfinished, repository, environment, wish.Id.Value, wish.Target.Queue != QueueMode.None);
        Add(batch, LastSent, repository, environment, wish.Id.Value, wish.Task, wish.Target.Name.Value);
        Add(batch, Locks, repository, environment, now.UtcDateTime);
        Add(batch, Head, repository, wish.Ref?.Value ?? "", wish.Ref?.Namesake().Value ?? "");
        Add(batch, Newer, repository, wish.Id.Value, wish.Target.Name.Value, wish.Ref?.Value ?? "", wish.Sha.Value, (wish.CreatedAt ?? DateTimeOffset.MaxValue).UtcDateTime);
        Add(batch, LastSuccess, repository, environment, wish.Task, wish.Target.Name.Value);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var unfinished = await ListAsync(reader, PlacedOf, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var sent = await ListAsync(reader, PlacedOf, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var locks = await ListAsync(reader, HeldOf, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var (head, name) = (await ListAsync(reader, HeadOf, cancellationToken))[0];
        await reader.NextResultAsync(cancellationToken);
        var newer = await ListAsync(reader, LaterOf, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var successes = await ListAsync(reader, PlacedOf, cancellationToken);
        return new Surroundings(unfinished, sent.FirstOrDefault(), locks, head, name, newer, successes.FirstOrDefault());
    }

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        batch.BatchCommands.Add(command);
    }

    private static async Task<List<T>> ListAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static Surroundings.Placed PlacedOf(NpgsqlDataReader row) => new(
        Enum.Parse<DeploymentState>(row.GetString(6)),
        row.IsDBNull(7) ? null : row.GetString(7),
        row.GetFieldValue<DateTimeOffset>(8),
        row.GetFieldValue<DateTimeOffset>(9),
        row.IsDBNull(10) ? null : new GitHubDeploymentId(row.GetInt64(10)),
        new PlacedFacts(
            new DeploymentId(row.GetInt64(0)),
            new TargetName(row.GetString(1)),
            new CommitSha(row.GetString(2)),
            row.GetString(3),
            UserOf(row, 12, 4),
            External: row.GetBoolean(5),
            AwaitsApproval: row.GetBoolean(11)))
    {
        DeployedAt = row.IsDBNull(13) ? null : row.GetFieldValue<DateTimeOffset>(13),
    };

    private static Surroundings.Held HeldOf(NpgsqlDataReader row) => new(
        Enum.Parse<LockKind>(row.GetString(0)),
        new LockFacts(
            UserOf(row, 4, 1),
            row.GetString(2),
            row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3))
        {
            RolledBack = row.IsDBNull(5) ? null : new TargetName(row.GetString(5)),
            EndsAfter = row.IsDBNull(5) || row.IsDBNull(6) ? null : new CommitSha(row.GetString(6)),
        });

    private static GitHubUser UserOf(NpgsqlDataReader row, int id, int login) =>
        new(row.IsDBNull(id) ? null : new GitHubUserId(row.GetInt64(id)), new GitHubLogin(row.GetString(login)));

    private static (HeadFacts? Head, NameFacts Name) HeadOf(NpgsqlDataReader row)
    {
        CommitSha? at = row.IsDBNull(0) ? null : new CommitSha(row.GetString(0));
        return (row.GetBoolean(1) ? new HeadFacts(at) : null, new NameFacts(at, IsShared: row.GetBoolean(2)));
    }

    private static Surroundings.Later LaterOf(NpgsqlDataReader row) =>
        new(new CommitSha(row.GetString(0)), Enum.Parse<DeploymentState>(row.GetString(1)));
}

/// <summary>The rows around a wish, as they were read.</summary>
internal sealed record Surroundings(
    IReadOnlyList<Surroundings.Placed> Unfinished,
    Surroundings.Placed? LastSent,
    IReadOnlyList<Surroundings.Held> Locks,
    HeadFacts? Head,
    NameFacts Name,
    IReadOnlyList<Surroundings.Later> Newer,
    Surroundings.Placed? LastSuccess)
{
    internal sealed record Placed(
        DeploymentState State, string? Gate, DateTimeOffset NewsAt, DateTimeOffset CreatedAt, GitHubDeploymentId? GitHubId, PlacedFacts Facts)
    {
        /// <summary>When GitHub made it; null where it hasn't yet.</summary>
        public DateTimeOffset? DeployedAt { get; init; }

        /// <summary>In GitHub's order; what has no number yet is the last.</summary>
        public bool IsAfter(Placed other) => GitHubId is not { } id || (other.GitHubId is { } earlier && id > earlier);
    }

    internal sealed record Held(LockKind Kind, LockFacts Facts);

    internal sealed record Later(CommitSha Sha, DeploymentState State);
}
