using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <inheritdoc />
    public partial class WhatOthersDeployAndDoAgain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "rolled_back_from",
                table: "environment_locks",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "target",
                table: "environment_locks",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "awaits_approval",
                table: "deployments",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "does_not_count",
                table: "deployments",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "first_succeeded_at",
                table: "deployments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "awaits_approval",
                table: "deployment_steps",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // Of the holds that stand it is known which target was rolled back, and what was live until then.
            migrationBuilder.Sql(
                """
                update environment_locks held
                set target = back.target,
                    rolled_back_from = (
                      select live.sha from deployments live
                      where live.repository_id = held.repository_id and live.environment_key = held.environment_key
                        and live.succeeded_at < held.since and (live.target = back.target or live.trigger = 'External')
                      order by live.succeeded_at desc, live.id desc limit 1)
                from deployments back
                where held.kind = 'Hold' and back.repository_id = held.repository_id and back.environment_key = held.environment_key
                  and back.trigger = 'Rollback' and back.created_at = held.since
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "rolled_back_from",
                table: "environment_locks");

            migrationBuilder.DropColumn(
                name: "target",
                table: "environment_locks");

            migrationBuilder.DropColumn(
                name: "awaits_approval",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "does_not_count",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "first_succeeded_at",
                table: "deployments");

            migrationBuilder.DropColumn(
                name: "awaits_approval",
                table: "deployment_steps");
        }
    }
}
