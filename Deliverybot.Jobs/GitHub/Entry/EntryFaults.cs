using System.Globalization;
using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Entry;

/// <summary>Reads from GitHub's refusals what is wrong with the App's access.</summary>
internal static class EntryFaults
{
    public const string App = "the App";

    /// <summary>More than this GitHub doesn't forgive, and less is no cause.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(45);

    public static string Of(InstallationId installation) => $"installation {installation}";

    /// <summary>GitHub has no word of its own for a suspension but this sentence.</summary>
    public static bool IsSuspension(GitHubAnswer answer) =>
        answer.Status == HttpStatusCode.Forbidden && answer.Message.Contains("suspended", StringComparison.OrdinalIgnoreCase);

    /// <summary>GitHub doesn't take the App's own signature: it is of another time, or of another key.</summary>
    public static RetryLaterException Unsigned(this Entrance entrance, GitHubAnswer answer, DateTimeOffset now)
    {
        var ahead = answer.At is { } theirs ? now - theirs : TimeSpan.Zero;
        return ahead.Duration() > ClocksDiffer
            ? entrance.Refuse(App, EntryFault.Clock, $"This machine's clock is {Shown(ahead)} GitHub's; set it right. GitHub says: {answer.Message}")
            : entrance.Refuse(App, EntryFault.Key, $"GitHub doesn't take the App's signature: check that GitHub:AppId and GitHub:PrivateKey belong together and that the key hasn't been deleted. GitHub says: {answer.Message}");
    }

    /// <summary>GitHub gives no token for the installation, or doesn't take the one that it has just given.</summary>
    public static RetryLaterException Unlet(this Entrance entrance, InstallationId installation, GitHubAnswer answer) => answer switch
    {
        _ when IsSuspension(answer) => entrance.Refuse(
            Of(installation), EntryFault.Suspension, "The installation is suspended; its owner, or the App's, ends that. What waits goes on then."),
        { Status: HttpStatusCode.NotFound } => entrance.Refuse(
            Of(installation), EntryFault.Installation, $"GitHub knows no such installation of this App: it was uninstalled, or GitHub:AppId is another App's. GitHub says: {answer.Message}"),
        { Status: HttpStatusCode.Unauthorized } => entrance.Refuse(
            Of(installation), EntryFault.Key, $"GitHub doesn't take a token that it has just given. GitHub says: {answer.Message}"),
        _ => entrance.Refuse(Of(installation), EntryFault.Permission, $"GitHub gives no token for the installation. GitHub says: {answer.Message}"),
    };

    private static string Shown(TimeSpan ahead) => string.Create(
        CultureInfo.InvariantCulture, $"{ahead.Duration().TotalSeconds:0} seconds {(ahead > TimeSpan.Zero ? "ahead of" : "behind")}");
}
