using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <inheritdoc />
    public partial class InPlaceOfEarlierCommit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "in_place_of",
                table: "deployments",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "in_place_of",
                table: "deployments");
        }
    }
}
