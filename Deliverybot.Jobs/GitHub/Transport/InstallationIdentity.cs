using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>One installation, by a token that the App asks for and that is kept until shortly before it ends.</summary>
internal sealed class InstallationIdentity(InstallationId installation, GitHubTransport app, Entrance entrance, TimeProvider time)
    : IGitHubIdentity, IDisposable
{
    // What GitHub documents, where its answer doesn't tell.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _renewing = new(1);
    private Granted? _current;

    public string Kind => "installation";

    public string Who => EntryFaults.Of(installation);

    public async ValueTask<string> AuthorizeAsync(CancellationToken cancellationToken)
    {
        if (Usable() is { } authorization)
        {
            return authorization;
        }

        // Whoever comes meanwhile waits for the one token instead of asking for another.
        await _renewing.WaitAsync(cancellationToken);
        try
        {
            return Usable() ?? await RenewAsync(cancellationToken);
        }
        finally
        {
            _renewing.Release();
        }
    }

    public bool Discard(string authorization)
    {
        var current = Volatile.Read(ref _current);
        if (current?.Authorization == authorization)
        {
            Interlocked.CompareExchange(ref _current, null, current);
        }

        return true;
    }

    public Exception Rejected(GitHubAnswer answer) => entrance.Unlet(installation, answer);

    public void Dispose() => _renewing.Dispose();

    private string? Usable() =>
        Volatile.Read(ref _current) is { } current && current.Until > time.GetUtcNow() ? current.Authorization : null;

    private async Task<string> RenewAsync(CancellationToken cancellationToken)
    {
        // A second token does no harm, so an answer that got lost is asked for again.
        var call = GitHubCall.RepeatablePost($"app/installations/{installation}/access_tokens", "{}");
        var answer = await app.SendAsync(call, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw entrance.Unlet(installation, answer);
        }

        var token = answer.Read(InstallationTokenJson.Default.InstallationAccessToken);
        var granted = new Granted("token " + token.Token, (token.ExpiresAt ?? time.GetUtcNow() + Lifetime) - Margin);
        Volatile.Write(ref _current, granted);
        return granted.Authorization;
    }

    private sealed record Granted(string Authorization, DateTimeOffset Until);
}

/// <summary>GitHub's answer to the App's wish to act for an installation.</summary>
internal sealed record InstallationAccessToken(string Token, DateTimeOffset? ExpiresAt)
{
    public override string ToString() => $"(installation token until {ExpiresAt:O})";
}

/// <summary>What the App is given to act for an installation. Fields that we don't know are skipped, and those that GitHub leaves out stay null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(MomentConverter)])]
[JsonSerializable(typeof(InstallationAccessToken))]
internal sealed partial class InstallationTokenJson : JsonSerializerContext;
