using Deliverybot.Data.Names;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Branches;

public sealed class GitRefTests
{
    [Theory]
    [InlineData("refs/heads/main")]
    [InlineData("refs/heads/feature/a#1%25")]
    [InlineData("refs/heads/🚀-ünïcode")]
    [InlineData("refs/heads/a\u0085b")]
    [InlineData("refs/tags/v1.2.3-rc.1+4")]
    public void What_Git_allows_is_well_formed(string name) => new GitRef(name).IsWellFormed.ShouldBeTrue();

    [Theory]
    [InlineData("main")]
    [InlineData("refs/pull/7/head")]
    [InlineData("refs/heads/")]
    [InlineData("refs/heads/a//b")]
    [InlineData("refs/heads/a/")]
    [InlineData("refs/heads/../pull/7/head")]
    [InlineData("refs/heads/./main")]
    [InlineData("refs/heads/.main")]
    [InlineData("refs/heads/a..b")]
    [InlineData("refs/heads/main.")]
    [InlineData("refs/heads/main.lock")]
    [InlineData("refs/heads/a b")]
    [InlineData("refs/heads/a\\b")]
    [InlineData("refs/heads/a@{1}")]
    [InlineData("refs/heads/a\u0007")]
    [InlineData("refs/heads/a\u007f")]
    [InlineData("refs/heads/a?b")]
    public void What_Git_refuses_is_not(string name) => new GitRef(name).IsWellFormed.ShouldBeFalse();
}
