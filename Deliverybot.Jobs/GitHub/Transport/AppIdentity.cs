using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>
/// The App, by a short-lived token that it signs itself:
/// <see href="https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app"/>.
/// While its key is changed there are two: the other one signs as soon as GitHub refuses this one's.
/// </summary>
internal sealed class AppIdentity(IOptions<GitHubOptions> options, SecretsInUse secrets, Entrance entrance, TimeProvider time) : IGitHubIdentity, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly Lock _signing = new();
    private SigningKey? _key;
    private string? _pem;
    private bool _other;
    private Signed? _current;

    public string Kind => "app";

    public string Who => EntryFaults.App;

    public ValueTask<string> AuthorizeAsync(CancellationToken cancellationToken)
    {
        var (now, keys) = (time.GetUtcNow(), secrets.Now);
        if (Volatile.Read(ref _current) is { } ready && ready.IsGood(now, keys))
        {
            return ValueTask.FromResult(ready.Authorization);
        }

        lock (_signing)
        {
            if (_current is not { } current || !current.IsGood(now, keys))
            {
                current = Sign(now, keys);
                Volatile.Write(ref _current, current);
            }

            return ValueTask.FromResult(current.Authorization);
        }
    }

    /// <summary>A new signature bears the time as it is now: the clock may have been set. Asked for again, it is of the other key, if there is one.</summary>
    public bool Discard(string authorization)
    {
        lock (_signing)
        {
            if (_current is { } current && current.Authorization == authorization)
            {
                _other = !_other && current.Secrets.PrivateKeys.Count > 1;
                Volatile.Write(ref _current, null);
            }

            return secrets.Now.PrivateKeys.Count > 1;
        }
    }

    public Exception Rejected(GitHubAnswer answer) => entrance.Unsigned(answer, time.GetUtcNow());

    public void Dispose() => _key?.Dispose();

    private Signed Sign(DateTimeOffset now, AppSecretsNow keys)
    {
        var pem = keys.PrivateKeys.ElementAtOrDefault(_other ? 1 : 0)
            ?? (keys.PrivateKeys.Count > 0 ? keys.PrivateKeys[0] : null)
            ?? throw new InvalidOperationException("No GitHub App is configured: GitHub:PrivateKey is missing.");
        if (_key is null || _pem != pem)
        {
            _key?.Dispose();
            (_key, _pem) = (new SigningKey(pem), pem);
        }

        return new Signed(_key.Sign(options.Value.RequiredAppId(), now), now + SigningKey.Lifetime - Margin, keys);
    }

    private sealed record Signed(string Authorization, DateTimeOffset Until, AppSecretsNow Secrets)
    {
        /// <summary>Secrets that have changed may be without the key that signed it.</summary>
        public bool IsGood(DateTimeOffset now, AppSecretsNow keys) => Until > now && ReferenceEquals(Secrets, keys);
    }
}
