using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <summary>What has failed stays so when its environment is taken down. Open pages are told of that, too.</summary>
    public partial class FailuresStay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "gone_at",
                table: "deployments",
                type: "timestamp with time zone",
                nullable: true);
            migrationBuilder.Sql(
                """
                create or replace trigger deployment_changed after update on deployments
                  for each row
                  when (new.state <> 'Creating' and (old.state, old.reason, old.log_url, old.gone_at) is distinct from (new.state, new.reason, new.log_url, new.gone_at))
                  execute function deliverybot_deployment_changed();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                create or replace trigger deployment_changed after update on deployments
                  for each row
                  when (new.state <> 'Creating' and (old.state, old.reason, old.log_url) is distinct from (new.state, new.reason, new.log_url))
                  execute function deliverybot_deployment_changed();
                """);
            migrationBuilder.DropColumn(
                name: "gone_at",
                table: "deployments");
        }
    }
}
