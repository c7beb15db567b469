namespace Deliverybot.Sandbox.World;

/// <summary>The App that runs checks.</summary>
public sealed record CheckApp(long Id, string Slug, string Name)
{
    public static CheckApp GitHubActions { get; } = new(15368, "github-actions", "GitHub Actions");
}
