using System.Text.RegularExpressions;
using Deliverybot.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.DeployFile;

/// <summary>Holds <c>docs/deploy-yml.md</c> to the code.</summary>
public sealed partial class DeployFileDocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository(), "docs", "deploy-yml.md"));

    public static TheoryData<string> Examples =>
        [.. YamlBlock.Matches(Page).Select(match => match.Groups[1].Value).Where(yaml => !yaml.StartsWith('#'))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_a_sound_file(string yaml) => DeployFileSamples.Valid(yaml).All.ShouldNotBeEmpty();

    [Fact]
    public void The_table_of_keys_is_the_codes() =>
        KeyRow.Matches(KeysSection.Match(Page).Value).Select(match => match.Value).ShouldBe(DeployKeys.All.Select(key => key.DocsRow));

    [Fact]
    public void The_table_of_the_blocks_keys_is_the_codes() =>
        KeyRow.Matches(BlockSection.Match(Page).Value).Select(match => match.Value).Take(RuleKeys.All.Length).ShouldBe(RuleKeys.All.Select(key => key.DocsRow));

    [Fact]
    public void The_errors_shown_are_the_ones_reported()
    {
        var shown = ErrorLine.Matches(Page).Select(match => match.Value).ToList();
        shown.ShouldNotBeEmpty();
        shown.ShouldBeSubsetOf(DeployFileSamples.ExpectedErrors("bad/several-errors").Split('\n'));
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Deliverybot.sln")))
        {
            folder = folder.Parent;
        }

        return folder.ShouldNotBeNull().FullName;
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock { get; }

    [GeneratedRegex("^## Keys of a target\n.*?^### ", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex KeysSection { get; }

    [GeneratedRegex("^## The block `deliverybot`\n.*?^## ", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex BlockSection { get; }

    [GeneratedRegex(@"^\| `.*$", RegexOptions.Multiline)]
    private static partial Regex KeyRow { get; }

    [GeneratedRegex("^line [0-9]+, column .*$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine { get; }
}
