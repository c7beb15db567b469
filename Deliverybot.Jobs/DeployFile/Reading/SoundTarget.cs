using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile.Reading;

/// <summary>A target without errors of its own, and where it stands.</summary>
internal sealed record SoundTarget(Target Target, YamlEntry Entry, NodePath Path);
