namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>The App as GitHub has it registered.</summary>
/// <param name="Permissions">GitHub's names, and how far each goes: <c>read</c>, <c>write</c>.</param>
internal sealed record GitHubApp(
    string? Slug, string Name, GitHubOwner Owner, IReadOnlyDictionary<string, string> Permissions, IReadOnlyList<string> Events);

/// <summary>Whose an App is: a user, an organisation, or an enterprise, which has no login.</summary>
internal sealed record GitHubOwner(string? Login, string? Type);

/// <summary>Where GitHub sends the App's webhooks, and how. Of the secret it says only that there is one.</summary>
internal sealed record HookConfig(string? Url, string? ContentType, string? Secret)
{
    public override string ToString() => $"(webhook of the App to {Url})";
}
