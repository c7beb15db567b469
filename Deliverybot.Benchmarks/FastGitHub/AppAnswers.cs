using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Deliverybot.Benchmarks.GitHubEvents;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>The App, its one installation, and that one's tokens.</summary>
internal sealed class AppAnswers(TimeProvider clock)
{
    private static readonly Answer App =
        Answer.Ok("""{"id":1,"slug":"deliverybot","name":"Deliverybot","permissions":{},"events":[]}""");

    private static readonly Answer Installation = Answer.Ok(InstallationJson().ToJsonString());

    private static readonly Answer Installations = Answer.Ok(new JsonArray(InstallationJson()).ToJsonString());

    /// <summary>Answers what lies below <c>/app</c>, and which installation a repository belongs to.</summary>
    public static Answer Find(string path) => path.Split('/') switch
    {
        [.., "app"] => App,
        [.., "installations"] => Installations,
        [.., "installation"] or [.., "installations", _] => Installation,
        _ => Answer.EmptyList,
    };

    public Answer Token() => new(201, Encoding.UTF8.GetBytes(new JsonObject
    {
        ["token"] = "ghs_benchmark",
        ["expires_at"] = clock.GetUtcNow().AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["permissions"] = Permissions(),
        ["repository_selection"] = "all",
    }.ToJsonString()));

    private static JsonObject InstallationJson() => new()
    {
        ["id"] = LoadRepository.InstallationId,
        ["app_id"] = 1,
        ["app_slug"] = "deliverybot",
        ["account"] = UserPayload.Organization(),
        ["target_type"] = "Organization",
        ["repository_selection"] = "all",
        ["permissions"] = Permissions(),
        ["events"] = new JsonArray(),
        ["created_at"] = "2026-01-01T00:00:00Z",
        ["updated_at"] = "2026-01-01T00:00:00Z",
        ["suspended_at"] = null,
    };

    private static JsonObject Permissions() => new()
    {
        ["checks"] = "read",
        ["contents"] = "read",
        ["deployments"] = "write",
        ["issues"] = "write",
        ["metadata"] = "read",
        ["pull_requests"] = "read",
        ["statuses"] = "write",
    };
}
