using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <inheritdoc />
    public partial class PullRequestsOutOfOrder : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "rules_told_on",
                table: "ref_heads",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "closed_pull_requests",
                columns: table => new
                {
                    repository_id = table.Column<long>(type: "bigint", nullable: false),
                    pull_request = table.Column<int>(type: "integer", nullable: false),
                    told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_closed_pull_requests", x => new { x.repository_id, x.pull_request });
                    table.ForeignKey(
                        name: "fk_closed_pull_requests_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_deployments_repository_id_ref",
                table: "deployments",
                columns: new[] { "repository_id", "ref" },
                filter: "transient_environment and pull_request is null and github_id is not null and state <> 'Inactive'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "closed_pull_requests");

            migrationBuilder.DropIndex(
                name: "ix_deployments_repository_id_ref",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "rules_told_on",
                table: "ref_heads");
        }
    }
}
