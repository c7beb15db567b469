using System.Data.Common;
using System.Globalization;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Options;

namespace Deliverybot.Site.SelfTest;

/// <summary>How long the self-test waits for whomever it asks.</summary>
internal sealed class SelfTestPatience
{
    public TimeSpan Longest { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Makes all checks at once; one that gets no answer says so when the time is over, and holds up no other.</summary>
internal sealed partial class SelfTests(
    IEnumerable<ICheck> checks, GitHubAddresses gitHub, IOptions<SelfTestPatience> patience, ILogger<SelfTests> logger)
{
    /// <param name="acting">Whether to make those, too, that make GitHub do something.</param>
    /// <param name="cancellationToken">Of whoever wants to know.</param>
    /// <returns>In the order that they are registered in.</returns>
    public async Task<IReadOnlyList<Checked>> RunAsync(bool acting, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(patience.Value.Longest);
        return await Task.WhenAll(checks.Where(check => acting || !check.Acts).Select(check => MakeAsync(check, late.Token, cancellationToken)));
    }

    private async Task<Checked> MakeAsync(ICheck check, CancellationToken late, CancellationToken cancellationToken)
    {
        try
        {
            // What looks without giving way, or doesn't hear that it is late, is left to itself.
            return new Checked(check.Name, await Task.Run(() => check.LookAsync(late), late).WaitAsync(late));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(check, string.Create(CultureInfo.InvariantCulture, $"{NameOf(check.Asks)} didn't answer within {patience.Value.Longest.TotalSeconds:0.#} seconds."));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.Failed(logger, check.Name, fault);
            return Failed(check, Words(check, fault));
        }
    }

    private Checked Failed(ICheck check, string says) => new(check.Name, [Finding.Bad(says, RemedyOf(check.Asks))]);

    private string Words(ICheck check, Exception fault) => fault switch
    {
        RetryLaterException later => later.Reason,
        GitHubRefusedException refused => $"GitHub says: {refused.Words.TrimEnd('.')}.",
        DbException or InvalidOperationException { InnerException: DbException } => $"The database can't be used: {fault.GetBaseException().Message}.",
        HttpRequestException unreachable => $"{NameOf(check.Asks)} can't be reached: {unreachable.Message}.",
        _ => $"This couldn't be looked at: {fault.Message}",
    };

    private string NameOf(Asked asked) => asked switch
    {
        Asked.GitHub => $"GitHub ({gitHub.Api.Host})",
        Asked.Database => "The database",
        Asked.Site => "The site",
        Asked.Process => "This process",
    };

    private string RemedyOf(Asked asked) => asked switch
    {
        Asked.GitHub => $"See whether {gitHub.Web.Host} works (githubstatus.com for github.com), and whether this machine may call {gitHub.Api.Host}: proxy, firewall, DNS.",
        Asked.Database => "See that PostgreSQL runs, and that ConnectionStrings:Deliverybot leads to it.",
        Asked.Site => "See that the site runs, and that its proxy passes on what comes to Deliverybot:PublicUrl.",
        Asked.Process => "The log says more.",
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The self-test couldn't look at '{Check}'.")]
        public static partial void Failed(ILogger logger, string check, Exception fault);
    }
}
