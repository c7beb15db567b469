namespace Deliverybot.Jobs.DeployFile.Yaml;

/// <summary>What a scalar is by YAML's <see href="https://yaml.org/spec/1.2.2/#103-core-schema">core schema</see>.</summary>
internal enum ScalarKind
{
    Text,
    Number,
    Flag,
    Null,
}
