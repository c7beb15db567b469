using System.Text.RegularExpressions;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Tests.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Architecture;

public sealed partial class DocumentationTests
{
    /// <summary>Every setting that the Site knows by a name of ours.</summary>
    internal static readonly string[] Settings =
    [
        "ConnectionStrings:Deliverybot", "GitHub:Url", "GitHub:AppId", "GitHub:AppSlug", "GitHub:PrivateKey", "GitHub:PrivateKeyPath", "GitHub:WebhookSecret",
        "GitHub:ClientId", "GitHub:ClientSecret", "Deliverybot:PublicUrl", "Deliverybot:Operators", "Deliverybot:Roles", "Deliverybot:KeyCertificatePath",
        "Deliverybot:KeyCertificatePassword", "Deliverybot:MigrateOnStart", "Slack:ClientId", "Slack:ClientSecret", "Slack:SigningSecret", "Slack:Url",
        "Metrics:Port", "Metrics:Token",
    ];

    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(RepositoryFolder.Of(), "*.md")
            .Concat(Directory.GetFiles(RepositoryFolder.Of("docs"), "*.md", SearchOption.AllDirectories))
            .Select(SourceTree.ShortName),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_to_something(string page)
    {
        var path = RepositoryFolder.Of(page);
        var targets = Link.Matches(File.ReadAllText(path))
            .Select(match => match.Groups[1].Value.Split('#'))
            .Where(target => !target[0].Contains("://", StringComparison.Ordinal))
            .Select(target => (File: target[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, target[0]), Anchor: target.ElementAtOrDefault(1) ?? ""))
            .ToList();

        targets.Where(target => !Path.Exists(target.File)).ShouldBeEmpty();
        targets.Where(target => target.Anchor.Length > 0 && !AnchorsOf(target.File).Contains(target.Anchor)).ShouldBeEmpty();
    }

    // As GitHub makes them of headings: small letters, blanks as hyphens, and no other signs.
    private static IEnumerable<string> AnchorsOf(string page) => Heading.Matches(Fenced.Replace(File.ReadAllText(page), ""))
        .Select(match => NoAnchor.Replace(LinkText.Replace(match.Groups[1].Value, "$1").Trim().ToLowerInvariant(), "").Replace(' ', '-'))
        .GroupBy(anchor => anchor)
        .SelectMany(same => same.Select((anchor, index) => index == 0 ? anchor : $"{anchor}-{index}"));

    [Fact]
    public void Every_setting_is_explained()
    {
        var operating = File.ReadAllText(RepositoryFolder.Of("docs", "operating.md"));
        var readme = File.ReadAllText(RepositoryFolder.Of("README.md"));

        Settings.Where(setting => !operating.Contains($"`{setting}`", StringComparison.Ordinal)).ShouldBeEmpty();
        Settings.Where(setting => !readme.Contains($"`{setting.Replace(":", "__", StringComparison.Ordinal)}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_first_example_is_a_sound_file() =>
        DeployFileSamples.Valid(Yaml.Match(File.ReadAllText(RepositoryFolder.Of("README.md"))).Groups[1].Value).All.Select(target => target.Name.Value).ShouldBe(["staging", "production"]);

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex("^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced { get; }

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText { get; }

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NoAnchor { get; }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml { get; }
}
