using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <summary>The index by which a deployment's page finds what people did with its commit. Made while others write; cut off, it begins anew.</summary>
    public partial class ActivityOfCommits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index concurrently if exists ix_activity_repository_id_sha", suppressTransaction: true);
            migrationBuilder.Sql("create index concurrently ix_activity_repository_id_sha on activity (repository_id, sha)", suppressTransaction: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("drop index ix_activity_repository_id_sha");
    }
}
