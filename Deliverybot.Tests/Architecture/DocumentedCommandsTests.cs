using System.Text.RegularExpressions;
using Deliverybot.Sandbox.Processes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Architecture;

/// <summary>What the pages have one type is there: projects, scripts, words of the programs, classes of tests.</summary>
public sealed partial class DocumentedCommandsTests
{
    public static TheoryData<string> Pages => [.. DocumentationTests.Pages.Select(page => page.Data).Where(page => page != "CHANGELOG.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_command_names_what_is_there(string page)
    {
        var code = string.Join('\n', Code.Matches(File.ReadAllText(RepositoryFolder.Of(page))).Select(match => match.Value));

        Named(Project, code).Where(folder => !Directory.Exists(RepositoryFolder.Of(folder)) || Directory.GetFiles(RepositoryFolder.Of(folder), "*.csproj").Length == 0).ShouldBeEmpty();
        Named(Script, code).Where(path => !Path.Exists(RepositoryFolder.Of(path.TrimEnd('.', '/').Split('/')))).ShouldBeEmpty();
        Named(SiteWord, code).Except(WordsOf("Deliverybot.Site", "Program.cs")).ShouldBeEmpty();
        Named(Scenario, code).Except(["all", .. WordsOf("Deliverybot.Benchmarks", "BenchmarkOptions.cs")]).ShouldBeEmpty();
        Named(Class, code).Where(name => !typeof(DocumentedCommandsTests).Assembly.GetTypes().Any(type => type.Name.EndsWith(name, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_word_of_the_site_is_told()
    {
        var operating = File.ReadAllText(RepositoryFolder.Of("docs", "operating.md"));

        WordsOf("Deliverybot.Site", "Program.cs").Where(word => !word.StartsWith('-') && !operating.Contains($"`{word}", StringComparison.Ordinal)
            && !operating.Contains($"Deliverybot.Site {word}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Named(Regex what, string code) => what.Matches(code).Select(match => match.Groups[1].Value).Distinct();

    private static IEnumerable<string> WordsOf(params string[] file) => Quoted.Matches(File.ReadAllText(RepositoryFolder.Of(file))).Select(match => match.Groups[1].Value);

    [GeneratedRegex("^ *```sh\n.*?^ *```|`[^`\n]+`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"(?:--project|dotnet publish) ([A-Za-z.]+)")]
    private static partial Regex Project { get; }

    [GeneratedRegex(@"(?<![\w./-])((?:build|deploy)/[a-z][\w./-]*)")]
    private static partial Regex Script { get; }

    [GeneratedRegex(@"Deliverybot\.Site ([a-z][a-z-]+)")]
    private static partial Regex SiteWord { get; }

    [GeneratedRegex(@"--project Deliverybot\.Benchmarks -- ([a-z-]+)")]
    private static partial Regex Scenario { get; }

    [GeneratedRegex("-class \"[*]([A-Za-z]+)\"")]
    private static partial Regex Class { get; }

    [GeneratedRegex("\"(-{0,2}[a-z][a-z-]+)\"")]
    private static partial Regex Quoted { get; }
}
