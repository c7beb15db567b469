using Microsoft.EntityFrameworkCore.Migrations;

namespace Deliverybot.Migrations;

/// <summary>
/// What tells open pages of a change, in the transaction that makes it, whichever process does
/// (<see href="https://www.postgresql.org/docs/current/sql-notify.html"/>). The payload is <c>repositoryId:deploymentId</c>.
/// </summary>
internal static class ChangeNotifications
{
    public static void Create(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            create function deliverybot_deployment_changed() returns trigger language plpgsql as $$
            begin
              perform pg_notify('deliverybot_changes', new.repository_id || ':' || new.id);
              return null;
            end $$;

            -- A wish of ours is looked at as soon as it is written: what the gates say is the news. Commits that notify
            -- go one after the other, so one less a deployment counts.
            create trigger deployment_inserted after insert on deployments
              for each row when (new.state <> 'Waiting') execute function deliverybot_deployment_changed();

            create trigger deployment_changed after update on deployments
              for each row
              when (new.state <> 'Creating' and (old.state, old.reason, old.log_url) is distinct from (new.state, new.reason, new.log_url))
              execute function deliverybot_deployment_changed();

            create function deliverybot_lock_changed() returns trigger language plpgsql as $$
            begin
              perform pg_notify('deliverybot_changes', coalesce(new.repository_id, old.repository_id) || ':');
              return null;
            end $$;

            create trigger lock_changed after insert or update or delete on environment_locks
              for each row execute function deliverybot_lock_changed();
            """);
    }

    public static void Drop(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            drop function deliverybot_deployment_changed() cascade;
            drop function deliverybot_lock_changed() cascade;
            """);
    }
}
