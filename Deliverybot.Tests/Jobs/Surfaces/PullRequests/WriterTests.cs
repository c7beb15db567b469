using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>Each command by those who may write, in pull requests of every kind.</summary>
public sealed class WriterTests(House house) : IClassFixture<House>
{
    public static TheoryData<RepositoryPermission, string> Cases => new MatrixTheoryData<RepositoryPermission, string>(
        [RepositoryPermission.Admin, RepositoryPermission.Maintain, RepositoryPermission.Write], ["open", "draft", "closed", "merged", "fork"]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Who_may_write_is_answered(RepositoryPermission permission, string state)
    {
        var talk = new ConversationDriver(house, Commands.DeployFile, state);
        var writer = talk.Person($"{permission}".ToLowerInvariant(), permission);

        var comments = Commands.All.Select(command => talk.Write(command, writer)).ToList();
        await talk.Shop.SettleAsync();

        foreach (var (command, comment) in Commands.All.Zip(comments))
        {
            string.Join(' ', ConversationDriver.ReactionsTo(comment)).ShouldBeOneOf(Commands.Reactions(command, state), command);
        }

        talk.Shop.Deployed.ShouldBe(Commands.Succeeds("/deploy review", state) ? [talk.Head] : []);
        comments.Where(comment => talk.ReplyTo(comment) is null).Select(comment => comment.Body)
            .ShouldBe(Commands.Succeeds("/deploy review", state) ? ["/deploy review"] : []);
        talk.ReplyTo(comments[0]).ShouldNotBeNull();
    }
}
