using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Surfaces.Slack;

namespace Deliverybot.Tests.Site.Situations;

/// <summary>Reads the seven places in which somebody may look how a commit stands.</summary>
internal sealed partial class Places(House house, HttpClient ada, SlackDriver slack)
{
    public const string Commits = "Commits";
    public const string Board = "Environments";
    public const string Deployment = "Deployment";
    public const string Commit = "Commit";
    public const string Status = "`/status`";
    public const string CommitStatus = "Commit status";
    public const string Slack = "Slack";

    public static readonly IReadOnlyList<string> All = [Commits, Board, Deployment, Commit, Status, CommitStatus, Slack];

    /// <summary>By the name of the place.</summary>
    public async Task<IReadOnlyDictionary<string, Told>> ReadAsync(Stage stage, Situation situation)
    {
        var sha = situation.Sha(stage);
        var row = await stage.RowAsync(sha, situation.Environment);
        var name = stage.Repository.FullName;
        var commits = await ada.OpenAsync($"/{name}/branch/{stage.Branch}");
        var board = await ada.OpenAsync($"/{name}/environments");
        var status = await AskAsync(stage);
        var inSlack = string.Join('\n', (await slack.AskAsync("ada", $"status {name} {situation.Environment}")).Texts.Select(text => text.Text));
        var statuses = house.World.Read(_ => stage.Repository.Statuses.Where(one => one.Sha == sha && one.Context == $"deliverybot/{situation.Target}").ToList());
        var page = $"/{name}/deployments/{row.Id}";
        return new Dictionary<string, Told>
        {
            [Commits] = OfCommits(commits, sha, stage, situation) with { LeadsThere = commits.QuerySelector($"#at-{sha} a[href='{page}']") is not null },
            [Board] = OfBoard(board, sha, stage, situation) with { LeadsThere = board.QuerySelector($"li.environment a[href='{page}']") is not null },
            [Deployment] = OfDeployment(await ada.OpenAsync(page), stage, situation),
            [Commit] = OfCommit(await ada.OpenAsync($"/{name}/commit/{sha}"), stage, situation),
            [CommitStatus] = OfStatus(stage.Shop.StatusesOf(sha, $"deliverybot/{situation.Target}"), stage, situation) with
            {
                LeadsThere = statuses is [.., var last] && Leads(last.TargetUrl ?? "", page),
            },
            [Status] = OfText(status, sha, stage, situation) with { LeadsThere = Leads(status, page) },
            [Slack] = OfSlack(inSlack, sha, stage, situation) with { LeadsThere = Leads(inSlack, page) },
        };
    }

    private static bool Leads(string text, string page) => Regex.IsMatch(text, $@"{Regex.Escape(page)}\b");

    private static Told OfCommits(IParentNode page, string sha, Stage stage, Situation situation)
    {
        var badges = page.QuerySelectorAll($"#at-{sha} a.badge-state").Where(badge => Text(badge, ".where") == situation.Environment);
        return Of([.. badges.Select(badge => Word(Text(badge, ".label")!)).Zip(badges.Select(badge => Reason(badge.GetAttribute("title"), stage))).OrderByDescending(one => one.First is "live")], "");
    }

    private static Told OfBoard(IParentNode page, string sha, Stage stage, Situation situation)
    {
        var row = page.QuerySelectorAll("li.environment").FirstOrDefault(row => Text(row, ".environment-name") == situation.Environment);
        if (row is null)
        {
            return new Told(State: null);
        }

        List<(string State, string? Because)> said = [];
        if (Text(row, ".environment-live .live-meta .sha") == sha[..7])
        {
            said.Add(("live", null));
        }

        foreach (var failed in row.QuerySelectorAll(".held-bad").Where(failed => Text(failed, ".mono") == sha[..7]))
        {
            said.Add((failed.TextContent.Contains("not approved", StringComparison.Ordinal) ? "not approved" : "failed", Reason(failed.TextContent.Split(": ", 2) is [_, var why] ? why : null, stage)));
        }

        var ways = row.QuerySelectorAll(".way > li").Where(way => Text(way, ".mono") == sha[..7]).ToList();
        said.AddRange(ways.Select(way => (Word(Text(way, ".live-meta a[href*='/deployments/']")!), Reason(Text(way, ".why:not(.why-unheard)"), stage))));
        var kept = row.QuerySelectorAll(".held:not(.held-bad)").Select(held => stage.Plain(held.TextContent));
        return Of(said, string.Join(" ", kept.Select(HeldWord)));
    }

    private static Told OfDeployment(IParentNode page, Stage stage, Situation situation) => new(
        Word(Text(page, "#story .page-head .badge-state .what")!),
        Reason(Text(page, "#story > .note:not(.tone-plain):not(#unheard) p") ?? Text(page, "#story > .note.tone-plain p"), stage),
        KeptThere(page.QuerySelectorAll("#story > .kept"), stage, situation),
        [.. page.QuerySelectorAll("#story .end form button").Where(button => button.Closest(".offers") is null).Select(button => stage.Plain(button.TextContent))]);

    private static Told OfCommit(IParentNode page, Stage stage, Situation situation)
    {
        var record = page.QuerySelectorAll("#record section.panel")
            .FirstOrDefault(panel => (Text(panel, ".panel-head > span bdi") ?? Text(panel, ".panel-head h3")) == situation.Environment && panel.QuerySelector(".badge-state") is not null);
        if (record is null)
        {
            return new Told(State: null);
        }

        var said = record.QuerySelectorAll(".panel-head .badge-state .what").Select(badge => (Word(badge.TextContent), (string?)null)).ToList();
        var because = Reason(Text(record, ".record-reason") ?? (said is [("previous", _)] or [(_, _)] && Agreement.NotThere.Contains(said[0].Item1) ? Text(record, "li.line .line-what [dir]") : null), stage);
        return new Told(Joined(said.Select(one => one.Item1)), because, KeptThere(record.QuerySelectorAll(".kept"), stage, situation), [.. record.QuerySelectorAll("form button").Where(button => button.Closest(".still-open") is null).Select(button => stage.Plain(button.TextContent))]);
    }

    /// <summary>A commit status begins with what all of these have in common, and its reason tells them apart.</summary>
    private static Told OfStatus(IReadOnlyList<string> statuses, Stage stage, Situation situation)
    {
        if (statuses is not [.., var last])
        {
            return new Told(State: null);
        }

        var text = stage.Plain(last);
        return text switch
        {
            _ when Deployed.IsMatch(text) => new Told("live"),
            _ when OnItsWay.IsMatch(text) => new Told("on its way"),
            _ when text.StartsWith("pending: Waits for approval at GitHub", StringComparison.Ordinal) => new Told("waits for approval at GitHub"),
            _ when NotDeployed.Match(text) is { Success: true } match => new Told(Agreement.NotThere.Contains(situation.State) ? situation.State : "not deployed", Reason(match.Groups["why"].Value, stage)),
            _ when Failed.Match(text) is { Success: true } match => new Told("failed", Reason(match.Groups["why"].Value, stage)),
            _ when text.StartsWith("pending: Nothing has been heard", StringComparison.Ordinal) => new Told("silent", Reason(text["pending: ".Length..], stage)),
            _ when text.StartsWith("pending: ", StringComparison.Ordinal) => new Told("waiting", Reason(text["pending: ".Length..], stage)),
            _ => new Told($"? {text}"),
        };
    }

    /// <summary>A row of the table that <c>/status</c> answers with.</summary>
    private static Told OfText(string answer, string sha, Stage stage, Situation situation)
    {
        var plain = answer.Replace("&#8203;", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
        var row = plain.Split('\n').FirstOrDefault(line => line.StartsWith($"| `{situation.Environment}` |", StringComparison.Ordinal));
        if (row is null)
        {
            return new Told(State: null);
        }

        var cells = row.Split('|', StringSplitOptions.TrimEntries);
        List<(string State, string? Because)> said = [];
        foreach (var line in Links.Replace(string.Join("<br>", cells[2..^2]), "$1").Split("<br>").Where(line => line.Contains(sha[..7], StringComparison.Ordinal)))
        {
            var text = stage.Plain(line).Replace("`", "", StringComparison.Ordinal).Replace(" · details", "", StringComparison.Ordinal);
            var why = Reason(text.Split(": ", 2) is [_, var after] ? after : null, stage);
            said.Add(text switch
            {
                _ when text.StartsWith("🚫", StringComparison.Ordinal) => ("not approved", why),
                _ when text.StartsWith('❌') => ("failed", why),
                _ when text.StartsWith('❔') => ("silent", WithoutStep(why)),
                _ when text.EndsWith("waits for approval at GitHub", StringComparison.Ordinal) => ("waits for approval at GitHub", null),
                _ when text.StartsWith('⏳') => ("waiting", why),
                _ when text.StartsWith("🚚", StringComparison.Ordinal) => (text.EndsWith("is deploying", StringComparison.Ordinal) ? "deploying" : "on its way", null),
                _ => ("live", null),
            });
        }

        var kept = cells[^2] is "–" ? "" : string.Join(" ", cells[^2].Split("<br>").Select(line => HeldWord(stage.Plain(line))));
        return Of(said, kept);
    }

    private static Told OfSlack(string answer, string sha, Stage stage, Situation situation)
    {
        List<(string State, string? Because)> said = [];
        List<string> kept = [];
        foreach (var line in answer.Split('\n').Select(line => Dates.Replace(SlackLinks.Replace(line, "$1"), "TIME")))
        {
            var text = stage.Plain(line.Replace("`", "", StringComparison.Ordinal));
            var why = Reason(text.Split(" · ")[0].Split(": ", 3) is [_, _, var after] ? after : null, stage);
            if (text.StartsWith(":lock:", StringComparison.Ordinal))
            {
                kept.Add(HeldWord(text));
            }
            else if (line.Contains(sha[..7], StringComparison.Ordinal))
            {
                said.Add(text switch
                {
                    _ when text.StartsWith(":white_check_mark:", StringComparison.Ordinal) => ("live", null),
                    _ when text.StartsWith(":no_entry_sign:", StringComparison.Ordinal) => ("not approved", why),
                    _ when text.StartsWith(":x:", StringComparison.Ordinal) => ("failed", why),
                    _ when text.StartsWith(":grey_question:", StringComparison.Ordinal) => ("silent", WithoutStep(why)),
                    _ when text.Contains("waits for approval at GitHub", StringComparison.Ordinal) => ("waits for approval at GitHub", null),
                    _ when text.Contains(" waits for ", StringComparison.Ordinal) => ("waiting", why),
                    _ when text.Contains(" is on its way to ", StringComparison.Ordinal) => ("on its way", null),
                    _ when text.Contains(" is being deployed to ", StringComparison.Ordinal) => ("deploying", null),
                    _ => ($"? {text}", null),
                });
            }
        }

        return Of(said, string.Join(" ", kept));
    }

    private async Task<string> AskAsync(Stage stage)
    {
        var pull = stage.Pull;
        if (pull is null)
        {
            house.World.Push(stage.Repository, "ask", house.Ada, "Ask");
            pull = house.World.OpenPullRequest(stage.Repository, "ask", house.Ada, "Ask");
        }

        var comment = house.World.Comment(stage.Repository, pull.Number, house.Ada, "/status");
        await stage.Shop.SettleAsync();
        return house.World.Read(_ => stage.Repository.Comments.Single(said => said.Body.EndsWith($"<!-- deliverybot:answer:{comment.Id} -->", StringComparison.Ordinal)).Body);
    }

    /// <summary>What is silent ends with what can be done about it.</summary>
    private static string? WithoutStep(string? why) => why?.Split(" On its page it can be marked as failed, or deployed again.") is [var before, ""]
        ? before
        : throw new InvalidOperationException($"Silent, and no step: {why}");

    private static Told Of(List<(string State, string? Because)> said, string kept) => new(
        said is [] ? null : Joined(said.Select(one => one.State)),
        said.Select(one => one.Because).FirstOrDefault(why => why is not null),
        kept);

    private static string Joined(IEnumerable<string> states) => string.Join(" and ", states.Distinct().OrderBy(state => state is "failed"));

    private static string Word(string label) => label.Trim() switch
    {
        "error" => "failed",
        var other => other,
    };

    /// <summary>Where a deployment or a commit is told of, a reason to wait that says the same is enough.</summary>
    private static string KeptThere(IEnumerable<IElement> lines, Stage stage, Situation situation)
    {
        var said = string.Join(" ", lines.Select(line => HeldWord(stage.Plain(line.TextContent))));
        return said is "" && situation.Because is { } why && (why.Contains("is locked by", StringComparison.Ordinal) || why.Contains("is held since", StringComparison.Ordinal)) ? situation.Kept ?? "" : said;
    }

    private static string HeldWord(string text) => text.Contains("held", StringComparison.OrdinalIgnoreCase)
        ? $"held since {Holder.Match(text).Groups["who"].Value} rolled it back"
        : $"locked by {Locker.Match(text).Groups["who"].Value}{(Until.IsMatch(text) ? " until TIME" : "")}{(text.Contains("stock-taking", StringComparison.Ordinal) ? ": stock-taking" : "")}";

    private static string? Reason(string? text, Stage stage) =>
        string.IsNullOrWhiteSpace(text) ? null
        : EndedAt.Replace(stage.Plain(text), "").Trim() is { Length: > 0 } plain && plain is not "GitHub asks for approval before it goes to production." ? plain
        : null;

    private static string? Text(IParentNode node, string selector) => node.QuerySelector(selector)?.TextContent.Trim();

    [GeneratedRegex("^success: Deployed to ")]
    private static partial Regex Deployed { get; }

    [GeneratedRegex("^pending: On its way to ")]
    private static partial Regex OnItsWay { get; }

    [GeneratedRegex("^(pending|error): Not deployed: (?<why>.*)$")]
    private static partial Regex NotDeployed { get; }

    [GeneratedRegex("^failure: The deployment to [^ ]+ failed(: (?<why>.*)|\\.)$")]
    private static partial Regex Failed { get; }

    [GeneratedRegex("^(Denied on|Superseded on|On) TIME: ")]
    private static partial Regex EndedAt { get; }

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Links { get; }

    [GeneratedRegex(@"<[^|>!]*\|([^>]*)>")]
    private static partial Regex SlackLinks { get; }

    [GeneratedRegex(@"<!date[^>]*>")]
    private static partial Regex Dates { get; }

    [GeneratedRegex(@"since (?<who>\w+) rolled it back")]
    private static partial Regex Holder { get; }

    [GeneratedRegex(@"[Ll]ocked by (?<who>\w+)")]
    private static partial Regex Locker { get; }

    [GeneratedRegex(@"(until TIME|, ends )")]
    private static partial Regex Until { get; }
}
