namespace Deliverybot.Site.Settings;

/// <summary>Settings are missing or malformed: the message names each fault and how to mend it.</summary>
internal sealed class SettingsException(IReadOnlyCollection<string> faults)
    : Exception($"Deliverybot can't start: {(faults.Count == 1 ? "a setting needs" : $"{faults.Count} settings need")} mending.{string.Concat(faults.Select(fault => $"{Environment.NewLine}  - {fault}"))}")
{
    public IReadOnlyCollection<string> Faults { get; } = faults;
}
