using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>One installation, by a token that the App asks for and that is kept until shortly before it ends.</summary>
internal sealed class InstallationIdentity(InstallationId installation, GitHubTransport app, TimeProvider time)
    : IGitHubIdentity, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _renewing = new(1);
    private Granted? _current;

    public string Kind => "installation";

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

    public Exception Rejected(GitHubAnswer answer) => answer.Refused();

    public void Dispose() => _renewing.Dispose();

    private string? Usable() =>
        Volatile.Read(ref _current) is { } current && current.Until > time.GetUtcNow() ? current.Authorization : null;

    private async Task<string> RenewAsync(CancellationToken cancellationToken)
    {
        // A second token does no harm, so an answer that got lost is asked for again.
        var call = GitHubCall.RepeatablePost($"app/installations/{installation}/access_tokens", "{}");
        var answer = await app.SendAsync(call, cancellationToken);
        var token = answer.Read(GitHubJson.Default.InstallationAccessToken);
        var granted = new Granted("token " + token.Token, token.ExpiresAt - Margin);
        Volatile.Write(ref _current, granted);
        return granted.Authorization;
    }

    private sealed record Granted(string Authorization, DateTimeOffset Until);
}
