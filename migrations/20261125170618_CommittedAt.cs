using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <inheritdoc />
    public partial class CommittedAt : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "committed_at",
                table: "deployments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_deployments_repository_id_ended_at",
                table: "deployments",
                columns: new[] { "repository_id", "ended_at" },
                filter: "succeeded_at is null and state in ('Failure', 'Error')");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_repository_id_environment_key_id",
                table: "deployments",
                columns: new[] { "repository_id", "environment_key", "id" },
                descending: new[] { false, false, true });

            migrationBuilder.CreateIndex(
                name: "ix_deployments_repository_id_succeeded_at",
                table: "deployments",
                columns: new[] { "repository_id", "succeeded_at" },
                filter: "succeeded_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_deployments_repository_id_ended_at",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_repository_id_environment_key_id",
                table: "deployments");

            migrationBuilder.DropIndex(
                name: "ix_deployments_repository_id_succeeded_at",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "committed_at",
                table: "deployments");
        }
    }
}
