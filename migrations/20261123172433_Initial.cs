using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Deliverybot.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "installations",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    account = table.Column<string>(type: "text", nullable: false),
                    suspended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_installations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "session_ends",
                columns: table => new
                {
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_ends", x => x.user_id);
                });

            migrationBuilder.CreateTable(
                name: "slack_signatures",
                columns: table => new
                {
                    signature = table.Column<byte[]>(type: "bytea", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slack_signatures", x => x.signature);
                });

            migrationBuilder.CreateTable(
                name: "slack_workspaces",
                columns: table => new
                {
                    team_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    installed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slack_workspaces", x => x.team_id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    guid = table.Column<Guid>(type: "uuid", nullable: false),
                    @event = table.Column<string>(name: "event", type: "text", nullable: false),
                    repository_id = table.Column<long>(type: "bigint", nullable: true),
                    installation_id = table.Column<long>(type: "bigint", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    dispatched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    processed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "repositories",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    installation_id = table.Column<long>(type: "bigint", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    default_branch = table.Column<string>(type: "text", nullable: false),
                    history_read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_repositories", x => x.id);
                    table.ForeignKey(
                        name: "fk_repositories_installations_installation_id",
                        column: x => x.installation_id,
                        principalTable: "installations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "slack_links",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    team_id = table.Column<string>(type: "text", nullable: false),
                    slack_user_id = table.Column<string>(type: "text", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    login = table.Column<string>(type: "text", nullable: false),
                    protected_token = table.Column<byte[]>(type: "bytea", nullable: false),
                    protected_refresh_token = table.Column<byte[]>(type: "bytea", nullable: true),
                    token_ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    linked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slack_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_slack_links_slack_workspaces_team_id",
                        column: x => x.team_id,
                        principalTable: "slack_workspaces",
                        principalColumn: "team_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "activity",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    repository_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    environment = table.Column<string>(type: "text", nullable: true),
                    deployment_id = table.Column<long>(type: "bigint", nullable: true),
                    sha = table.Column<string>(type: "text", nullable: true),
                    detail = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_activity", x => x.id);
                    table.ForeignKey(
                        name: "fk_activity_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "deployments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    repository_id = table.Column<long>(type: "bigint", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    environment = table.Column<string>(type: "text", nullable: false),
                    environment_key = table.Column<string>(type: "text", nullable: false),
                    @ref = table.Column<string>(name: "ref", type: "text", nullable: true),
                    sha = table.Column<string>(type: "text", nullable: false),
                    pull_request = table.Column<int>(type: "integer", nullable: true),
                    task = table.Column<string>(type: "text", nullable: false),
                    trigger = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<string>(type: "text", nullable: false),
                    delivery_guid = table.Column<Guid>(type: "uuid", nullable: true),
                    force = table.Column<bool>(type: "boolean", nullable: false),
                    target_definition = table.Column<string>(type: "jsonb", nullable: true),
                    payload = table.Column<string>(type: "jsonb", nullable: true),
                    description = table.Column<string>(type: "text", nullable: false),
                    production_environment = table.Column<bool>(type: "boolean", nullable: false),
                    transient_environment = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    gate = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    unmet_contexts = table.Column<string[]>(type: "text[]", nullable: false),
                    github_id = table.Column<long>(type: "bigint", nullable: true),
                    carried_out_by = table.Column<long>(type: "bigint", nullable: true),
                    rollback_to = table.Column<long>(type: "bigint", nullable: true),
                    log_url = table.Column<string>(type: "text", nullable: true),
                    environment_url = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deployed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    succeeded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status_id = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    commit_status = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deployments", x => x.id);
                    table.ForeignKey(
                        name: "fk_deployments_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "environment_locks",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    repository_id = table.Column<long>(type: "bigint", nullable: false),
                    environment = table.Column<string>(type: "text", nullable: false),
                    environment_key = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    holder = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    pull_request = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_environment_locks", x => x.id);
                    table.ForeignKey(
                        name: "fk_environment_locks_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pull_request_comments",
                columns: table => new
                {
                    repository_id = table.Column<long>(type: "bigint", nullable: false),
                    pull_request = table.Column<int>(type: "integer", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    comment_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pull_request_comments", x => new { x.repository_id, x.pull_request, x.target });
                    table.ForeignKey(
                        name: "fk_pull_request_comments_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ref_heads",
                columns: table => new
                {
                    repository_id = table.Column<long>(type: "bigint", nullable: false),
                    @ref = table.Column<string>(name: "ref", type: "text", nullable: false),
                    sha = table.Column<string>(type: "text", nullable: true),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ref_heads", x => new { x.repository_id, x.@ref });
                    table.ForeignKey(
                        name: "fk_ref_heads_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "slack_channel_defaults",
                columns: table => new
                {
                    team_id = table.Column<string>(type: "text", nullable: false),
                    channel_id = table.Column<string>(type: "text", nullable: false),
                    repository_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slack_channel_defaults", x => new { x.team_id, x.channel_id });
                    table.ForeignKey(
                        name: "fk_slack_channel_defaults_repositories_repository_id",
                        column: x => x.repository_id,
                        principalTable: "repositories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_slack_channel_defaults_slack_workspaces_team_id",
                        column: x => x.team_id,
                        principalTable: "slack_workspaces",
                        principalColumn: "team_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "deployment_steps",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    deployment_id = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    log_url = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deployment_steps", x => x.id);
                    table.ForeignKey(
                        name: "fk_deployment_steps_deployments_deployment_id",
                        column: x => x.deployment_id,
                        principalTable: "deployments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "evaluations",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    deployment_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    verdicts = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluations", x => x.id);
                    table.ForeignKey(
                        name: "fk_evaluations_deployments_deployment_id",
                        column: x => x.deployment_id,
                        principalTable: "deployments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_activity_repository_id_id",
                table: "activity",
                columns: new[] { "repository_id", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_deployment_steps_deployment_id",
                table: "deployment_steps",
                column: "deployment_id");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_carried_out_by",
                table: "deployments",
                column: "carried_out_by",
                filter: "carried_out_by is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_delivery_guid_target",
                table: "deployments",
                columns: new[] { "delivery_guid", "target" },
                unique: true,
                filter: "delivery_guid is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_github_id",
                table: "deployments",
                column: "github_id",
                unique: true,
                filter: "github_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_repository_id_environment_key",
                table: "deployments",
                columns: new[] { "repository_id", "environment_key" },
                filter: "state in ('Waiting', 'Creating', 'Pending', 'InProgress')");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_repository_id_environment_key_succeeded_at",
                table: "deployments",
                columns: new[] { "repository_id", "environment_key", "succeeded_at" },
                descending: new[] { false, false, true },
                filter: "succeeded_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_repository_id_id",
                table: "deployments",
                columns: new[] { "repository_id", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_deployments_repository_id_pull_request",
                table: "deployments",
                columns: new[] { "repository_id", "pull_request" },
                filter: "pull_request is not null");

            migrationBuilder.CreateIndex(
                name: "ix_deployments_repository_id_sha",
                table: "deployments",
                columns: new[] { "repository_id", "sha" });

            migrationBuilder.CreateIndex(
                name: "ix_environment_locks_one_of_each_kind",
                table: "environment_locks",
                columns: new[] { "repository_id", "environment_key", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_environment_locks_until",
                table: "environment_locks",
                column: "until",
                filter: "until is not null");

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_deployment_id",
                table: "evaluations",
                column: "deployment_id");

            migrationBuilder.CreateIndex(
                name: "ix_repositories_installation_id",
                table: "repositories",
                column: "installation_id");

            migrationBuilder.CreateIndex(
                name: "ix_slack_channel_defaults_repository_id",
                table: "slack_channel_defaults",
                column: "repository_id");

            migrationBuilder.CreateIndex(
                name: "ix_slack_links_slack_user",
                table: "slack_links",
                columns: new[] { "team_id", "slack_user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slack_links_user_id",
                table: "slack_links",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_slack_signatures_seen_at",
                table: "slack_signatures",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_guid",
                table: "webhook_deliveries",
                column: "guid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_new",
                table: "webhook_deliveries",
                column: "id",
                filter: "dispatched_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_received_at",
                table: "webhook_deliveries",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_under_way",
                table: "webhook_deliveries",
                column: "dispatched_at",
                filter: "dispatched_at is not null and processed_at is null");

            ChangeNotifications.Create(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            ChangeNotifications.Drop(migrationBuilder);

            migrationBuilder.DropTable(
                name: "activity");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "deployment_steps");

            migrationBuilder.DropTable(
                name: "environment_locks");

            migrationBuilder.DropTable(
                name: "evaluations");

            migrationBuilder.DropTable(
                name: "pull_request_comments");

            migrationBuilder.DropTable(
                name: "ref_heads");

            migrationBuilder.DropTable(
                name: "session_ends");

            migrationBuilder.DropTable(
                name: "slack_channel_defaults");

            migrationBuilder.DropTable(
                name: "slack_links");

            migrationBuilder.DropTable(
                name: "slack_signatures");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "deployments");

            migrationBuilder.DropTable(
                name: "slack_workspaces");

            migrationBuilder.DropTable(
                name: "repositories");

            migrationBuilder.DropTable(
                name: "installations");
        }
    }
}
