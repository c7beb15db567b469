using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <summary>
    /// The index by which the home page goes from environment to environment. Made while others write; cut off, it begins anew.
    /// </summary>
    public partial class StandingOfEnvironments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index concurrently if exists ix_deployments_standing", suppressTransaction: true);
            migrationBuilder.Sql(
                """
                create index concurrently ix_deployments_standing on deployments (repository_id, environment_key, id desc)
                where not transient_environment and does_not_count is null
                  and state in ('Pending', 'InProgress', 'Success', 'Failure', 'Error', 'Inactive')
                """,
                suppressTransaction: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("drop index ix_deployments_standing");
    }
}
