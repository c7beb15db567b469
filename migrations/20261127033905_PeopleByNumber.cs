using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <inheritdoc />
    public partial class PeopleByNumber : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "account_id",
                table: "installations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "holder_id",
                table: "environment_locks",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "requested_by_id",
                table: "deployments",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "actor_id",
                table: "activity",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "account_id",
                table: "installations");

            migrationBuilder.DropColumn(
                name: "holder_id",
                table: "environment_locks");

            migrationBuilder.DropColumn(
                name: "requested_by_id",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "actor_id",
                table: "activity");
        }
    }
}
