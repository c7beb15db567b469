using System.Globalization;
using Deliverybot.Jobs.Events;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.SetUp;
using Microsoft.Extensions.Options;

namespace Deliverybot.Site.SelfTest;

/// <summary>GitHub lets the App in.</summary>
internal sealed class AppCheck(AskedApp asked, IOptions<GitHubOptions> options) : ICheck
{
    public string Name => "GitHub App";

    public Asked Asks => Asked.GitHub;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var app = await asked.GetAsync(cancellationToken);
            return app.Slug == options.Value.AppSlug
                ? [Finding.Good($"GitHub lets the App '{app.Name}' in.")]
                : [Finding.Bad($"The App is called '{app.Slug}' in addresses, and GitHub:AppSlug says '{options.Value.AppSlug}': the links to install it lead nowhere.", $"Set GitHub:AppSlug to {app.Slug}.", asked.PageOf(app))];
        }
        catch (RetryLaterException later) when (later.Holdup == Holdup.Access)
        {
            return [Finding.Bad(later.Reason, "A running process asks again within five minutes; 'Deliverybot.Site check' asks at once.")];
        }
    }
}

/// <summary>Each permission is as wanted.</summary>
internal sealed class PermissionsCheck(AskedApp asked) : ICheck
{
    public string Name => "Permissions";

    public Asked Asks => Asked.GitHub;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var app = await asked.GetAsync(cancellationToken);
        var page = asked.PageOf(app, "permissions");
        List<Finding> findings = [];
        foreach (var (name, wanted) in AppManifest.Permissions)
        {
            var has = app.Permissions.GetValueOrDefault(name);
            if (!Levels.Reaches(has, wanted))
            {
                findings.Add(Finding.Bad(
                    $"'{Levels.Spoken(name)}' is set to {Levels.Of(has)}: {AppNeeds.Permissions[name]}.", $"Set it to {Levels.Of(wanted)} at GitHub; then each installation's owner accepts it.", page));
            }
            else if (has != wanted)
            {
                findings.Add(Finding.Note($"'{Levels.Spoken(name)}' is set to {Levels.Of(has)}, and {Levels.Of(wanted)} is enough.", "Take back what isn't needed.", page));
            }
        }

        findings.AddRange(app.Permissions.Where(has => !AppManifest.Permissions.ContainsKey(has.Key)).OrderBy(has => has.Key, StringComparer.Ordinal)
            .Select(has => Finding.Note($"'{Levels.Spoken(has.Key)}' ({Levels.Of(has.Value)}) isn't needed.", "Take it back.", page)));
        return findings.Exists(finding => finding.Verdict == Verdict.Bad)
            ? findings
            : [Finding.Good(string.Create(CultureInfo.InvariantCulture, $"All {AppManifest.Permissions.Count} permissions that it needs are there.")), .. findings];
    }
}

/// <summary>The App subscribes to each event.</summary>
internal sealed class EventsCheck(AskedApp asked) : ICheck
{
    public string Name => "Events";

    public Asked Asks => Asked.GitHub;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var app = await asked.GetAsync(cancellationToken);
        var page = asked.PageOf(app, "permissions");
        List<Finding> missing =
        [
            .. Routes.Subscribed.Except(app.Events).Order(StringComparer.Ordinal)
                .Select(name => Finding.Bad($"'{Levels.Spoken(name)}' isn't subscribed to: {AppNeeds.Events[name]}.", "Tick it at GitHub under 'Subscribe to events'.", page)),
        ];
        var extra = app.Events.Except(Routes.Subscribed).Order(StringComparer.Ordinal).Select(Levels.Spoken).ToList();
        return
        [
            .. missing.Count > 0 ? missing : [Finding.Good(string.Create(CultureInfo.InvariantCulture, $"All {Routes.Subscribed.Length} events that it needs are subscribed to."))],
            .. extra.Count == 0 ? Array.Empty<Finding>() : [Finding.Note($"Not needed, and not stored: {string.Join(", ", extra)}.", "Untick what isn't needed.", page)],
        ];
    }
}

/// <summary>How far a permission goes.</summary>
internal static class Levels
{
    private static readonly string[] Rising = ["read", "write", "admin"];

    public static bool Reaches(string? has, string wanted) => Array.IndexOf(Rising, has) >= Array.IndexOf(Rising, wanted);

    public static string Of(string? level) => level switch
    {
        null => "no access",
        "read" => "read-only",
        "write" => "read and write",
        _ => level,
    };

    /// <summary>As GitHub's forms call a permission or an event.</summary>
    public static string Spoken(string name) => name == "statuses" ? "Commit statuses" : char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
