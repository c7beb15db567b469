namespace Deliverybot.Jobs.Engine;

/// <summary>
/// Every statement of ours on Hangfire's own tables: its API takes from a queue in its own way, and has no search. They are those of the
/// schema that Hangfire.PostgreSql makes; whoever raises its version looks here. A test asks that they stand nowhere else.
/// </summary>
internal static class HangfireTables
{
    /// <summary>
    /// The first that is free: <c>$1</c> the queues, <c>$2</c> after how long one that was taken is free again. Hangfire.PostgreSql's own
    /// statement, as it stands in <c>PostgreSqlJobQueue</c>.
    /// </summary>
    public const string Fetch =
        """
        update hangfire.jobqueue set fetchedat = now()
        where id = (
          select id from hangfire.jobqueue
          where queue = any ($1) and (fetchedat is null or fetchedat < now() - $2)
          order by fetchedat nulls first, queue, jobid
          for update skip locked
          limit 1
        )
        returning id, jobid, queue, fetchedat
        """;

    public const string Enqueue = "insert into hangfire.jobqueue (jobid, queue) values ($1, $2)";

    /// <summary>
    /// How many processes have given a sign of life lately, with how many workers, and when the last was given. Hangfire calls a server after
    /// the machine, the process and a number of its own, and a process has two.
    /// </summary>
    public const string SignsOfLife =
        """
        select count(distinct regexp_replace(id, ':[^:]*$', '')) filter (where lastheartbeat > now() - interval '2 minutes')::int,
               coalesce(sum((data ->> 'WorkerCount')::int) filter (where lastheartbeat > now() - interval '2 minutes'), 0)::int,
               max(lastheartbeat)
        from hangfire.server
        """;

    /// <summary>
    /// Jobs about a deployment, the newest first: <c>$1</c> its number as a text, <c>$2</c> its number, <c>$3</c> how many at most. There is
    /// no index for this, so only the newest hundred thousand are looked at. The arguments are texts of JSON in a JSON array.
    /// </summary>
    public const string AboutDeployment =
        $"""
        select id from hangfire.job
        where id > (select coalesce(max(id), 0) - 100000 from hangfire.job)
          and (arguments ? $1
            or ({ProcessDeliveries} and exists (
              select from webhook_deliveries delivery
              join deployments deployment on deployment.delivery_guid = delivery.guid
              where deployment.id = $2 and (hangfire.job.arguments ->> 2)::jsonb @> to_jsonb(delivery.id))))
        order by id desc
        limit $3
        """;

    /// <summary>The deliveries whose job is there, and hasn't failed before <c>{0}</c>.</summary>
    public const string DeliveriesWithJob =
        $$"""
        select jsonb_array_elements((arguments ->> 2)::jsonb)::bigint as id from hangfire.job
        where (statename in ('Enqueued', 'Scheduled', 'Processing', 'Awaiting')
            or (statename = 'Failed' and stateid in (select id from hangfire.state where name = 'Failed' and createdat > {0})))
          and {{ProcessDeliveries}}
        """;

    /// <summary>What has failed Hangfire keeps for ever; what has an end it deletes itself, a little at a time: <c>{0}</c> now, <c>{1}</c> since when at the least.</summary>
    public const string ExpireFailed =
        """
        update hangfire.job set expireat = {0}
        from hangfire.state
        where state.id = job.stateid and job.statename = 'Failed' and job.expireat is null and state.createdat <= {1}
        """;

    public const string Failed = "select from hangfire.job where statename = 'Failed'";

    /// <summary>Its third argument is the ids of its deliveries.</summary>
    private const string ProcessDeliveries = "invocationdata ->> 'Type' like '%ProcessDeliveriesJob%'";
}
