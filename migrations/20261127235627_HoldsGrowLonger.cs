using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <summary>A hold knows what it began from before a later rollback, which may come to nothing.</summary>
    public partial class HoldsGrowLonger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "formerly_from",
                table: "environment_locks",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "prolonged_at",
                table: "environment_locks",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "formerly_from",
                table: "environment_locks");

            migrationBuilder.DropColumn(
                name: "prolonged_at",
                table: "environment_locks");
        }
    }
}
