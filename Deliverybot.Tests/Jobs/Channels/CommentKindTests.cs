using Deliverybot.Data.Names;
using Deliverybot.Jobs.Comments;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Channels;

public sealed class CommentKindTests
{
    [Fact]
    public void What_earlier_releases_have_stored_is_found_by_it()
    {
        CommentKind.Of(new TargetName("production")).Stored.Value.ShouldBe("production");
        CommentKind.OfRollback(new DeploymentId(7)).Stored.Value.ShouldBe("rollback\n7");
        CommentKind.OfFailure(new DeploymentId(7)).Stored.Value.ShouldBe("failure\n7");
        CommentKind.Rules.Stored.Value.ShouldBe("config");
    }

    [Fact]
    public void Two_of_one_deployment_are_two_comments() =>
        CommentKind.OfRollback(new DeploymentId(7)).Mark.ShouldNotBe(CommentKind.OfFailure(new DeploymentId(7)).Mark);
}
