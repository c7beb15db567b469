using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <summary>
    /// Goes on while the release before this one works: no statement that locks the table reads its rows, and what reads them commits
    /// bit by bit. So it isn't one transaction: cut off, it begins anew and finds what is done.
    /// </summary>
    public partial class CauseActViaAccess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                alter table deployments
                  add column if not exists cause text, add column if not exists act text,
                  add column if not exists via text, add column if not exists access text
                """);
            FormerTrigger.Follow(migrationBuilder);

            // From here on every new row has them. Row by row of a page: what one pass leaves there has room for the next, which then
            // need not write to thirteen indexes (https://www.postgresql.org/docs/current/storage-hot.html).
            migrationBuilder.Sql(
                """
                do $$
                declare
                  bit constant bigint := 10000;
                  passes constant int := 8;
                  last constant bigint := (select coalesce(max(id), 0) from deployments);
                  at bigint := 0;
                begin
                  while at <= last loop
                    for pass in 0 .. passes - 1 loop
                      set local synchronous_commit = off;
                      update deployments set trigger = trigger
                      where id > at and id <= at + bit and id % passes = pass and cause is null
                        and state not in ('Waiting', 'Creating', 'Pending', 'InProgress');
                      commit;
                    end loop;
                    at := at + bit;
                  end loop;
                end $$
                """,
                suppressTransaction: true);

            // Those that wait or are under way may just be decided about: they are changed in their environment's turn, or else whoever has
            // it would find that somebody else has changed the row. What is busy is tried again.
            migrationBuilder.Sql(
                """
                do $$
                begin
                  while exists (select from deployments where cause is null) loop
                    update deployments set trigger = trigger
                    where id in (select id from deployments where cause is null order by id limit 500)
                      and case when state in ('Waiting', 'Creating', 'Pending', 'InProgress')
                        then pg_try_advisory_xact_lock(hashtextextended(environment_key, repository_id)) else true end;
                    if not found then
                      perform pg_sleep(0.1);
                    end if;
                    commit;
                  end loop;
                end $$
                """,
                suppressTransaction: true);

            // A constraint is checked while others write; a column that mustn't be null is then taken at its word.
            migrationBuilder.Sql("alter table deployments drop constraint if exists ck_deployments_origin", suppressTransaction: true);
            migrationBuilder.Sql(
                "alter table deployments add constraint ck_deployments_origin check (cause is not null and act is not null and access is not null) not valid",
                suppressTransaction: true);
            migrationBuilder.Sql("alter table deployments validate constraint ck_deployments_origin", suppressTransaction: true);
            migrationBuilder.Sql(
                "alter table deployments alter column cause set not null, alter column act set not null, alter column access set not null",
                suppressTransaction: true);
            migrationBuilder.Sql("alter table deployments drop constraint ck_deployments_origin", suppressTransaction: true);

            migrationBuilder.Sql("drop index concurrently if exists ix_deployments_order_of_events", suppressTransaction: true);
            migrationBuilder.Sql(
                """
                create index concurrently ix_deployments_order_of_events on deployments (repository_id, ref, created_at, id)
                where cause in ('Push', 'PullRequest', 'Release', 'Pipeline')
                """,
                suppressTransaction: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            FormerTrigger.Leave(migrationBuilder);
            migrationBuilder.Sql("drop index ix_deployments_order_of_events");
            migrationBuilder.Sql("alter table deployments drop column cause, drop column act, drop column via, drop column access");
        }
    }
}
