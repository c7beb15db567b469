using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <inheritdoc />
    public partial class OrderOfEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_deployments_repository_id_ref_created_at_id",
                table: "deployments",
                columns: new[] { "repository_id", "ref", "created_at", "id" },
                filter: "trigger in ('Push', 'PullRequest', 'Release', 'Pipeline')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_deployments_repository_id_ref_created_at_id",
                table: "deployments");
        }
    }
}
