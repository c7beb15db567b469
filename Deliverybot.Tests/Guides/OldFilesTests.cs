using System.Text;
using System.Text.RegularExpressions;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Sandbox.Processes;
using Deliverybot.Tests.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Guides;

/// <summary>docs/coming-from-the-old-deliverybot.md, held to how its files are read.</summary>
public sealed partial class OldFilesTests
{
    private static readonly string Page = File.ReadAllText(RepositoryFolder.Of("docs", "coming-from-the-old-deliverybot.md"));

    private static readonly string[] Files = [.. Yaml.Matches(Page).Select(match => match.Groups[1].Value)];

    [Fact]
    public void The_usual_file_is_sound_and_means_what_it_meant()
    {
        var targets = DeployFileSamples.Valid(Files[0]).All;

        targets.Select(target => target.Name.Value).ShouldBe(["production", "review"]);
        targets[0].RequiredContexts.ShouldBe(["build"]);
        targets[1].TransientEnvironment.ShouldBeTrue();
    }

    [Fact]
    public void What_has_to_be_mended_is_named_as_the_page_says() =>
        DeployFileSamples.Errors(Encoding.UTF8.GetBytes(Files[1])).Select(error => error.ToString()).ShouldBe(ErrorLine.Matches(Page).Select(match => match.Value));

    [Fact]
    public void Every_key_is_told() =>
        DeployKeys.Known.Where(key => !Page.Contains($"`{key}`", StringComparison.Ordinal)).ShouldBeEmpty();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Yaml { get; }

    [GeneratedRegex("^line [0-9]+, column .*$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine { get; }
}
