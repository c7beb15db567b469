using Deliverybot.Jobs.Surfaces.Slack.Grammar;
using Deliverybot.Jobs.Surfaces.Words;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>What neither UTF-8 nor PostgreSQL can hold is in a command what it is in a font: a mark that stands for it, and no name that is known.</summary>
public sealed class OddCommentTests(House house) : IClassFixture<House>
{
    private const string DeployFile = "production:\n  environment: production\n";

    [Theory]
    [InlineData("/deploy prod\0uction", "prod\ufffduction")]
    [InlineData("/lock prod\0uction", "prod\ufffduction")]
    [InlineData("/lock production be\0cause", "locked")]
    [InlineData("/unlock prod\0uction", "prod\ufffduction")]
    [InlineData("/rollback prod\0uction", "prod\ufffduction")]
    [InlineData("/cancel prod\0uction", "")]
    public async Task A_command_with_a_zero_in_it_is_answered(string comment, string said)
    {
        var talk = new ConversationDriver(house, DeployFile);

        (await talk.AskAsync(comment)).ShouldContain(said);
    }

    [Theory]
    [InlineData("/deploy prod{0}uction", 0xD800)]
    [InlineData("/deploy {0}production", 0xDC00)]
    [InlineData("/unlock \"blue {0} green\"", 0xD83D)]
    [InlineData("/lock production {0}", 0xD83D)]
    [InlineData("/rollback {0}", 0)]
    public void Half_a_surrogate_pair_is_in_nothing_that_was_read(string comment, int half)
    {
        var read = CommandGrammar.Read(With(comment, half)).ShouldBeOfType<CommandReading.Whole>();

        TextOf(read.Command).ShouldContain('\ufffd');
        TextOf(read.Command).ShouldNotContain(letter => char.IsSurrogate(letter) || letter == '\0');
    }

    [Theory]
    [InlineData("deploy prod{0}uction", 0xD800)]
    [InlineData("unlock acme/shop prod{0}uction", 0)]
    public void Nor_in_what_was_typed_into_Slack(string text, int half) =>
        TextOf(SlackGrammar.Read(With(text, half)).ShouldBeOfType<CommandReading.Whole>().Command).ShouldContain('\ufffd');

    // Metadata can't hold it either.
    private static string With(string text, int half) => text.Replace("{0}", $"{(char)half}", StringComparison.Ordinal);

    private static string TextOf(Command command) => command switch
    {
        DeployCommand deploy => string.Join(' ', deploy.Targets),
        LockCommand held => $"{held.Environment} {held.Terms.Reason}",
        UnlockCommand free => free.Environment.Value,
        RollbackCommand back => $"{back}",
        _ => $"{command}",
    };
}
