using System.Diagnostics;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile.Reading;

/// <summary>Reads the tree under <c>payload</c>.</summary>
internal sealed class PayloadReader(KeyReader keys, DeployFileErrors errors)
{
    public PayloadValue.Map Read(YamlNode.Map payload, NodePath path)
    {
        foreach (var (key, _) in payload.Entries)
        {
            if (key.Text == Target.CorrelationKey)
            {
                errors.Add(key.Position, path.Key(key.Text), "is reserved for Deliverybot's own use: choose another key");
            }
        }

        return MapOf(payload, path);
    }

    private PayloadValue.Map MapOf(YamlNode.Map map, NodePath path) =>
        new([.. map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, ValueOf(entry.Value, path.Key(entry.Key.Text))))]);

    private PayloadValue ValueOf(YamlNode node, NodePath path) => node switch
    {
        YamlNode.Map map => MapOf(map, path),
        YamlNode.List list => new PayloadValue.List([.. list.Items.Select((item, index) => ValueOf(item, path.Item(index)))]),
        YamlNode.Scalar scalar => ValueOf(scalar, path) ?? new PayloadValue.Null(),
        _ => throw new UnreachableException(),
    };

    private PayloadValue? ValueOf(YamlNode.Scalar scalar, NodePath path) => scalar.Type switch
    {
        ScalarKind.Null => new PayloadValue.Null(),
        ScalarKind.Flag => new PayloadValue.Flag(CoreSchema.IsTrue(scalar.Text)),
        ScalarKind.Number when CoreSchema.JsonNumber(scalar.Text) is { } number => new PayloadValue.Number(number),
        ScalarKind.Number => keys.Fault<PayloadValue>(scalar, path, $"is a number that JSON can't hold: write it in quotes: \"{Shown.Short(scalar.Text)}\""),
        ScalarKind.Text => keys.TemplateOf(scalar, path) is { } template ? new PayloadValue.Text(template) : null,
        _ => throw new UnreachableException(),
    };
}
