using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Deliverybot.Jobs.GitHub.Deployments;

/// <summary>Writes the body of <see href="https://docs.github.com/rest/deployments/deployments#create-a-deployment"/>.</summary>
internal static class NewDeploymentJson
{
    /// <summary>The key of the payload that is ours.</summary>
    public const string CorrelationKey = "deliverybot";

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

        json.WriteNumber(CorrelationKey, deployment.Correlation.Value);
        json.WriteEndObject();
    }
}
