using System.Diagnostics;
using System.Text.Json.Nodes;
using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Renders one payload. Values become JSON strings and nothing else, so none can add a key.</summary>
internal sealed class PayloadRendering(TemplateValues values)
{
    private string? fault;

    public PayloadResult Render(Target target, JsonNode? correlation)
    {
        var payload = new JsonObject { ["target"] = target.Name.Value };
        foreach (var (key, value) in target.Payload.Entries)
        {
            payload[key] = value.Render(this, $"payload.{key}");
        }

        if (correlation is not null)
        {
            payload[Target.CorrelationKey] = correlation;
        }

        return fault is null ? new PayloadResult.Rendered(payload) : new PayloadResult.Unrendered(fault);
    }

    public JsonValue? Text(Template template, string key)
    {
        switch (template.Render(values, key))
        {
            case TemplateResult.Rendered rendered:
                return JsonValue.Create(rendered.Text);
            case TemplateResult.Unrendered unrendered:
                fault ??= unrendered.Message;
                return null;
            default:
                throw new UnreachableException();
        }
    }
}

/// <summary>A payload ready to be sent, or why it can't be.</summary>
internal abstract record PayloadResult
{
    private PayloadResult()
    {
    }

    public sealed record Rendered(JsonObject Payload) : PayloadResult;

    /// <summary>A sentence for the user that names target and key.</summary>
    public sealed record Unrendered(string Message) : PayloadResult;
}
