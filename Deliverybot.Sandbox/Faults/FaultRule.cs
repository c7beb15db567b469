namespace Deliverybot.Sandbox.Faults;

/// <summary>What goes wrong, and where. Shares are chances from 0 to 1.</summary>
public sealed record FaultRule
{
    /// <summary>HTTP method; null: any.</summary>
    public string? Method { get; init; }

    /// <summary>Route template as in GitHub's documentation (<c>/repos/{owner}/{repo}/deployments</c>); null: any.</summary>
    public string? Route { get; init; }

    /// <summary>Whose repositories; null: everything.</summary>
    public string? Owner { get; init; }

    /// <summary>The name of the only repository it harms, or a part of the address; null: any.</summary>
    public string? Address { get; init; }

    /// <summary>Time that passes before the work is done.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Share of requests refused with <see cref="ErrorStatus"/> before any work.</summary>
    public double ErrorShare { get; init; }

    public int ErrorStatus { get; init; } = 502;

    public string ErrorMessage { get; init; } = "Server Error";

    /// <summary>Share of requests whose connection is cut after the work was done.</summary>
    public double DroppedAnswerShare { get; init; }

    /// <summary>Share of requests answered with a secondary rate limit.</summary>
    public double SecondaryLimitShare { get; init; }

    /// <summary>403 or 429: GitHub uses both.</summary>
    public int SecondaryLimitStatus { get; init; } = 403;

    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs just before the work: the world moves on while the request is under way.</summary>
    public Action? Meanwhile { get; init; }

    /// <summary>How many requests it may harm; null: no end.</summary>
    public int? Times { get; init; }

    internal bool Matches(string method, string route, string path) =>
        (Method is null || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
        && (Route is null || Route == route)
        && (Owner is null || path.Contains($"/repos/{Owner}/", StringComparison.OrdinalIgnoreCase))
        && (Address is null || path.Contains(Address, StringComparison.Ordinal));
}
