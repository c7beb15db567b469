using Deliverybot.Data.Names;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core.Branches;

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

    [Theory]
    [InlineData("main", "refs/heads/main refs/tags/main")]
    [InlineData("release/1", "refs/heads/release/1 refs/tags/release/1")]
    [InlineData("heads/main", "refs/heads/main refs/heads/heads/main refs/tags/heads/main")]
    [InlineData("tags/v1", "refs/tags/v1 refs/heads/tags/v1 refs/tags/tags/v1")]
    [InlineData("refs/tags/v1", "refs/tags/v1")]
    [InlineData("refs/pull/7/head", "refs/pull/7/head")]
    public void What_people_write_means_the_likeliest_first(string text, string names) =>
        string.Join(' ', GitRef.MeantBy(text)).ShouldBe(names);

    [Theory]
    [InlineData("refs/heads/main", "refs/tags/main")]
    [InlineData("refs/tags/v1", "refs/heads/v1")]
    public void A_branch_and_a_tag_may_share_a_name(string name, string namesake) => new GitRef(name).Namesake().ShouldBe(new GitRef(namesake));
}
