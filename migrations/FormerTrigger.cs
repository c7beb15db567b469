using Microsoft.EntityFrameworkCore.Migrations;

namespace Deliverybot.Migrations;

/// <summary>
/// Keeps the column <c>trigger</c>, which cause, act, via and access replace, and the four in step. The release before them writes and
/// reads nothing else; it may still run, or be gone back to. It stays until the release after the first that has the four: that one drops
/// the function with its trigger, the column, and its index <c>ix_deployments_repository_id_ref_created_at_id</c>.
/// </summary>
internal static class FormerTrigger
{
    /// <summary>What was written tells all but how a rollback came in: of those only commands in pull requests name their delivery.</summary>
    public static void Follow(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            create or replace function deliverybot_former_trigger() returns trigger language plpgsql as $$
            begin
              if new.cause is null then
                new.cause := case when new.trigger in ('Comment', 'Web', 'Slack', 'Rollback') then 'Person' else new.trigger end;
                new.act := case new.trigger when 'Rollback' then 'Rollback' else 'Deploy' end;
                new.via := case
                  when new.trigger in ('Comment', 'Web', 'Slack') then new.trigger
                  when new.trigger <> 'Rollback' then 'Event'
                  when new.delivery_guid is not null then 'Comment' end;
                new.access := case
                  when new.trigger in ('Web', 'Slack') or (new.trigger = 'Rollback' and new.delivery_guid is null) then 'Person'
                  else 'App' end;
              else
                new.trigger := case when new.act = 'Rollback' then 'Rollback' when new.cause = 'Person' then new.via else new.cause end;
              end if;
              return new;
            end $$;

            drop trigger if exists former_trigger on deployments;
            create trigger former_trigger before insert or update of trigger on deployments
              for each row execute function deliverybot_former_trigger();
            """);
    }

    public static void Leave(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("drop function deliverybot_former_trigger() cascade");
}
