using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>A deployment to create.</summary>
internal sealed record NewDeployment
{
    public required CommitSha Sha { get; init; }

    /// <summary>The branch or tag to name instead of the commit; null names the commit.</summary>
    public GitRef? Ref { get; init; }

    /// <summary>
    /// Whether the branch or tag is named in full, as <c>refs/heads/main</c>. GitHub keeps the name as it was sent, and workflows may read
    /// it (<c>github.event.deployment.ref</c>), so that the short one is sent where it can mean one thing only.
    /// </summary>
    public bool InFull { get; init; }

    /// <summary>Our row, written into the payload, by which <see cref="RepositoryDeployments.FindByCorrelationAsync"/> finds the deployment again.</summary>
    public required DeploymentId Correlation { get; init; }

    /// <summary>Who asked for it, where the App makes it for a person's request that waited; null: whoever makes it is who asked.</summary>
    public GitHubLogin? RequestedBy { get; init; }

    public required EnvironmentName Environment { get; init; }

    public string Task { get; init; } = "deploy";

    /// <summary>Cut at 140 characters.</summary>
    public string Description { get; init; } = "";

    public IReadOnlyList<string> RequiredContexts { get; init; } = [];

    public JsonObject Payload { get; init; } = [];

    public bool AutoMerge { get; init; }

    public bool TransientEnvironment { get; init; }

    public bool ProductionEnvironment { get; init; }
}

/// <summary>Writes the body of <see href="https://docs.github.com/rest/deployments/deployments#create-a-deployment"/>.</summary>
internal static class NewDeploymentJson
{
    /// <summary>The key of the payload that is ours.</summary>
    public const string CorrelationKey = "deliverybot";

    private const string IdKey = "id";

    public static string Write(NewDeployment deployment)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("ref", (deployment.InFull ? deployment.Ref?.Value : deployment.Ref?.ShortName) ?? deployment.Sha.Value);
            json.WriteString("task", deployment.Task);
            json.WriteString("environment", deployment.Environment.Value);
            json.WriteString("description", DescriptionLength.Cut(deployment.Description));
            json.WriteBoolean("auto_merge", deployment.AutoMerge);
            json.WriteBoolean("transient_environment", deployment.TransientEnvironment);
            json.WriteBoolean("production_environment", deployment.ProductionEnvironment);
            WriteContexts(json, deployment);
            WritePayload(json, deployment);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // Always sent: left out, it would mean every context there is.
    private static void WriteContexts(Utf8JsonWriter json, NewDeployment deployment)
    {
        json.WriteStartArray("required_contexts");
        foreach (var context in deployment.RequiredContexts)
        {
            json.WriteStringValue(context);
        }

        json.WriteEndArray();
    }

    private static void WritePayload(Utf8JsonWriter json, NewDeployment deployment)
    {
        json.WriteStartObject("payload");
        foreach (var (key, value) in deployment.Payload.Where(entry => entry.Key != CorrelationKey))
        {
            json.WritePropertyName(key);
            if (value is null)
            {
                json.WriteNullValue();
            }
            else
            {
                value.WriteTo(json);
            }
        }

        if (deployment.RequestedBy is { } person)
        {
            json.WriteStartObject(CorrelationKey);
            json.WriteNumber(IdKey, deployment.Correlation.Value);
            json.WriteString("requested_by", person.Value);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNumber(CorrelationKey, deployment.Correlation.Value);
        }

        json.WriteEndObject();
    }

    /// <returns>Our row's number in a payload that we made: the key's value itself, or beside who asked; null in others' payloads.</returns>
    public static DeploymentId? CorrelationIn(JsonElement payload)
    {
        if (payload.ValueKind is not JsonValueKind.Object || !payload.TryGetProperty(CorrelationKey, out var ours))
        {
            return null;
        }

        var number = ours.ValueKind is JsonValueKind.Object && ours.TryGetProperty(IdKey, out var id) ? id : ours;
        return number.ValueKind is JsonValueKind.Number && number.TryGetInt64(out var value) ? new DeploymentId(value) : null;
    }
}
