namespace Deliverybot.Data.Names;

/// <summary>GitHub's number of a repository: it stays when the repository is renamed or transferred.</summary>
public readonly record struct RepositoryId(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
