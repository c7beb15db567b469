using System.Globalization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Site.SelfTest;

/// <summary>
/// This machine's clock is GitHub's, by the date that each answer bears. It is asked without the App's signature, which would be refused
/// where the clock is wrong; that GitHub doesn't count (<see href="https://docs.github.com/rest/rate-limit/rate-limit"/>).
/// </summary>
internal sealed class ClockCheck(IHttpClientFactory clients, GitHubAddresses gitHub, TimeProvider time) : ICheck
{
    /// <summary>The date has whole seconds, and the answer is under way for a while.</summary>
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(5);

    public string Name => "Clock";

    public Asked Asks => Asked.GitHub;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(SelfTestRegistration.HttpName);
        var before = time.GetUtcNow();
        using var answer = await http.GetAsync(new Uri(gitHub.Api, "rate_limit"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.Headers.Date is not { } theirs)
        {
            return [Finding.Warning("GitHub's answer bears no date.", "Something on the way takes it out: see that this machine's clock is set by NTP.")];
        }

        var ahead = before + ((time.GetUtcNow() - before) / 2) - theirs;
        var difference = ahead.Duration();
        var says = string.Create(CultureInfo.InvariantCulture, $"This machine's clock is {difference.TotalSeconds:0} seconds {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} GitHub's");
        return difference > EntryFaults.ClocksDiffer ? [Finding.Bad($"{says}, which then doesn't take the App's signature.", "Set the clock, best by NTP.")]
            : difference > Unknown ? [Finding.Warning($"{says}; from {EntryFaults.ClocksDiffer.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds on it doesn't take the App's signature.", "Set the clock, best by NTP.")]
            : [Finding.Good("It agrees with GitHub's.")];
    }
}
