using Deliverybot.Jobs.Surfaces.Slack.Grammar;
using Deliverybot.Jobs.Surfaces.Words;
using Deliverybot.Sandbox.Processes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Words;

/// <summary>What people are told of commands is what the commands are.</summary>
public sealed class CommandTableTests
{
    [Fact]
    public void An_example_is_read_as_its_command()
    {
        foreach (var usage in CommandTable.InPullRequests)
        {
            var command = CommandGrammar.Read(usage.Example).ShouldBeOfType<CommandReading.Whole>(usage.Example).Command;
            (command is HelpCommand).ShouldBe(usage.Meaning.StartsWith("lists", StringComparison.Ordinal), usage.Example);
            usage.Example.ShouldStartWith($"/{usage.Word}");
        }

        foreach (var usage in CommandTable.InSlack)
        {
            SlackGrammar.Read(usage.Example).ShouldBeOfType<CommandReading.Whole>(usage.Example);
            usage.Example.ShouldStartWith(usage.Word);
        }
    }

    [Fact]
    public void Whatever_changes_something_needs_the_right_to_write() => CommandTable.InPullRequests.Concat(CommandTable.InSlack)
        .Where(usage => Read(usage) is ActCommand)
        .ShouldAllBe(usage => usage.Right == CommandRight.Write);

    [Fact]
    public void Every_command_that_there_is_stands_in_the_table() => CommandTable.InPullRequests.Concat(CommandTable.InSlack)
        .Select(usage => Read(usage).GetType())
        .Distinct()
        .ShouldBe(typeof(Command).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(Command))), ignoreOrder: true);

    [Fact]
    public void The_documentation_has_these_tables()
    {
        Page("pull-requests.md").ShouldContain(string.Concat(CommandTable.InPullRequests.Select(usage => $"| `{usage}` | {usage.Meaning} | `{usage.Example}` |\n")));
        Page("slack.md").ShouldContain(string.Concat(CommandTable.InSlack.Select(usage =>
            $"| `/deliverybot {usage}` | {usage.Meaning} | `/deliverybot {usage.Example}` | {(usage.Right == CommandRight.None ? "" : usage.Right.ToString().ToLowerInvariant())} |\n")));
    }

    private static Command Read(CommandUsage usage) =>
        (usage.Surface == CommandSurface.PullRequest ? CommandGrammar.Read(usage.Example) : SlackGrammar.Read(usage.Example))
            .ShouldBeOfType<CommandReading.Whole>(usage.Example).Command;

    private static string Page(string name) => string.Join('\n', File.ReadAllLines(RepositoryFolder.Of("docs", name)));
}
