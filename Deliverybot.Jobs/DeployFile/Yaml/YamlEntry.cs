namespace Deliverybot.Jobs.DeployFile.Yaml;

/// <summary>A key of a map and its value.</summary>
internal readonly record struct YamlEntry(YamlNode.Scalar Key, YamlNode Value);
