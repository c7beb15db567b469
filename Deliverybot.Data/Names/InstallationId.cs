namespace Deliverybot.Data.Names;

/// <summary>GitHub's number of one installation of the App.</summary>
public readonly record struct InstallationId(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
