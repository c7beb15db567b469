namespace Deliverybot.Data.SetUp;

/// <summary>The GitHub App that was registered in the browser. There is one, or none; settings go before it.</summary>
public sealed class RegisteredApp
{
    /// <summary>The only one that a row can have.</summary>
    public const int Only = 1;

    public int Id { get; init; } = Only;

    /// <summary>GitHub's number of it.</summary>
    public required long AppId { get; init; }

    /// <summary>The last part of its public address.</summary>
    public required string Slug { get; init; }

    /// <summary>The root of the GitHub that it is registered at.</summary>
    public required string Url { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Private key, webhook secret and client secret, encrypted.</summary>
    public required string Secrets { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }
}
