using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Deliverybot.Benchmarks.GitHubEvents;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>Creates deployments as GitHub does, and refuses those whose required checks aren't met.</summary>
internal sealed class DeploymentAnswers(DeploymentLedger ledger, TimeProvider clock)
{
    private long lastId = 3_000_000;

    public Answer Create(LoadRepository repository, ReadOnlyMemory<byte> request)
    {
        using var wish = JsonDocument.Parse(request);
        var reference = wish.RootElement.GetProperty("ref").GetString() ?? "";
        var sha = CommitAnswers.Resolve(repository, reference);
        if (Requires(wish.RootElement) && !ledger.IsGreen(sha))
        {
            ledger.Refuse(sha);
            return Unmet(reference);
        }

        ledger.Record(sha);
        return new Answer(201, Deployment(repository, wish.RootElement, sha));
    }

    public Answer CreateStatus() => new(201, Created("pending", null));

    public Answer CreateCommitStatus() => new(201, Created("pending", "deliverybot"));

    private static bool Requires(JsonElement wish) =>
        wish.TryGetProperty("required_contexts", out var contexts)
        && contexts.ValueKind == JsonValueKind.Array
        && contexts.GetArrayLength() > 0;

    // https://docs.github.com/rest/deployments/deployments#create-a-deployment, "Failed commit status checks".
    private static Answer Unmet(string reference) => new(409, JsonSerializer.SerializeToUtf8Bytes(new
    {
        message = $"Conflict: Commit status checks failed for {reference}.",
        errors = new[]
        {
            new
            {
                contexts = new[] { new { context = LoadRepository.RequiredContext, state = "pending" } },
                resource = "Deployment",
                field = "required_contexts",
                code = "invalid",
            },
        },
        documentation_url = "https://docs.github.com/rest/deployments/deployments#create-a-deployment",
        status = "409",
    }));

    private ReadOnlyMemory<byte> Deployment(LoadRepository repository, JsonElement wish, CommitSha sha)
    {
        var id = Interlocked.Increment(ref lastId);
        var api = $"https://api.github.com/repos/{repository.FullName}";
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteString("node_id", $"DE_{id}");
        json.WriteString("url", $"{api}/deployments/{id}");
        json.WriteString("sha", sha.Value);
        Echo(json, wish, "ref", "main");
        Echo(json, wish, "task", "deploy");
        Echo(json, wish, "environment", "production");
        json.WriteString("original_environment", Text(wish, "environment", "production"));
        Echo(json, wish, "description", "");
        json.WritePropertyName("payload");
        if (wish.TryGetProperty("payload", out var payload))
        {
            payload.WriteTo(json);
        }
        else
        {
            json.WriteRawValue("{}");
        }

        json.WriteString("created_at", clock.GetUtcNow());
        json.WriteString("updated_at", clock.GetUtcNow());
        json.WriteString("statuses_url", $"{api}/deployments/{id}/statuses");
        json.WriteString("repository_url", api);
        json.WriteBoolean("transient_environment", false);
        json.WriteBoolean("production_environment", true);
        json.WriteStartObject("creator");
        json.WriteString("login", "deliverybot[bot]");
        json.WriteNumber("id", 9_002);
        json.WriteString("type", "Bot");
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private byte[] Created(string state, string? context) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = Interlocked.Increment(ref lastId),
        state,
        context,
        description = "",
        created_at = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        updated_at = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
    });

    private static void Echo(Utf8JsonWriter json, JsonElement wish, string name, string otherwise) =>
        json.WriteString(name, Text(wish, name, otherwise));

    private static string Text(JsonElement wish, string name, string otherwise) =>
        wish.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : otherwise;
}
