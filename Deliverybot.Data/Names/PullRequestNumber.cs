namespace Deliverybot.Data.Names;

/// <summary>The number of a pull request within its repository, written <c>#7</c>.</summary>
public readonly record struct PullRequestNumber(int Value)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"#{Value}");
}
