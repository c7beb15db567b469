using System.Globalization;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Site.SelfTest;

/// <summary>
/// Each installation has what the App has by now: what an App is given later, the owner of each installation has to accept
/// (<see href="https://docs.github.com/apps/using-github-apps/approving-updated-permissions-for-a-github-app"/>).
/// </summary>
internal sealed class InstallationsCheck(AskedApp asked, GitHubClients gitHub) : ICheck
{
    private const int MostTold = 50;

    public string Name => "Installations";

    public Asked Asks => Asked.GitHub;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var app = await asked.GetAsync(cancellationToken);
        var installations = await gitHub.App.ListInstallationsAsync(cancellationToken).ToListAsync(cancellationToken);
        if (installations.Count == 0)
        {
            return [Finding.Warning("The App is installed nowhere.", "Install it on the repositories that it is to deploy, by the link on the set-up page.")];
        }

        var findings = installations.Select(installation => Of(installation, app)).OfType<Finding>().ToList();
        var left = findings.Count - MostTold;
        return
        [
            .. findings.Count > 0
                ? Array.Empty<Finding>()
                : [Finding.Good(string.Create(CultureInfo.InvariantCulture, $"{installations.Count} {(installations.Count == 1 ? "installation" : "installations")}, with all that the App has been given."))],
            .. findings.Take(MostTold),
            .. left <= 0 ? Array.Empty<Finding>() : [Finding.Warning(string.Create(CultureInfo.InvariantCulture, $"{left} more are like these."), "GitHub lists all of them on the App's page.", asked.PageOf(app, "installations"))],
        ];
    }

    private static Finding? Of(GitHubInstallation installation, GitHubApp app)
    {
        var who = installation.Account.Login;
        var page = Uri.TryCreate(installation.HtmlUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? url : null;
        if (installation.IsSuspended)
        {
            return Finding.Warning($"{who} has suspended it: nothing is done there.", "Its owner, or the App's, ends that.", page);
        }

        string[] lacking =
        [
            .. app.Permissions.Where(each => installation.Permissions is { } has && !Levels.Reaches(has.GetValueOrDefault(each.Key), each.Value))
                .Select(each => $"{Levels.Spoken(each.Key)} ({Levels.Of(each.Value)})"),
            .. app.Events.Where(name => installation.Events is { } has && !has.Contains(name)).Select(name => $"the event {Levels.Spoken(name)}"),
        ];
        return lacking.Length == 0
            ? null
            : Finding.Warning($"{who} hasn't accepted yet: {string.Join(", ", lacking)}.", "Its owner accepts it at GitHub, on the installation's page.", page);
    }
}
