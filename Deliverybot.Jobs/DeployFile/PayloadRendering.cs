using System.Diagnostics;
using System.Globalization;
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
            payload[key] = Node(value, $"payload.{key}");
        }

        if (correlation is not null)
        {
            payload[Target.CorrelationKey] = correlation;
        }

        return fault is null ? new PayloadResult.Rendered(payload) : new PayloadResult.Unrendered(fault);
    }

    private JsonNode? Node(PayloadValue value, string key) => value switch
    {
        PayloadValue.Text text => Text(text.Template, key),
        PayloadValue.Number number => JsonNode.Parse(number.Json),
        PayloadValue.Flag flag => JsonValue.Create(flag.Value),
        PayloadValue.Null => null,
        PayloadValue.List list => List(list, key),
        PayloadValue.Map map => Map(map, key),
        _ => throw new UnreachableException(),
    };

    private JsonValue? Text(Template template, string key)
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

    private JsonArray List(PayloadValue.List list, string key)
    {
        var array = new JsonArray();
        foreach (var item in list.Items)
        {
            array.Add(Node(item, string.Create(CultureInfo.InvariantCulture, $"{key}[{array.Count}]")));
        }

        return array;
    }

    private JsonObject Map(PayloadValue.Map map, string key)
    {
        var node = new JsonObject();
        foreach (var (name, value) in map.Entries)
        {
            node[name] = Node(value, $"{key}.{name}");
        }

        return node;
    }
}
