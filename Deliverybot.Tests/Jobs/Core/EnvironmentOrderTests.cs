using Deliverybot.Data.Names;
using Deliverybot.Jobs.Core;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Core;

public sealed class EnvironmentOrderTests
{
    [Fact]
    public void Environments_stand_as_commits_go_through_them_and_previews_by_number_at_the_end()
    {
        var order = new EnvironmentOrder(
        [
            Stage("pr-10", isPreview: true), Stage("pr-2", isPreview: true), Stage("production", after: "staging", isProduction: true), Stage("canary", after: "staging"),
            Stage("staging", after: "dev"), Stage("dev"), Stage("admin", isProduction: true), Stage("west-12"), Stage("west-2"),
        ]);

        Sorted(order, "pr-10", "pr-2", "production", "canary", "staging", "dev", "admin", "west-12", "west-2")
            .ShouldBe(["dev", "staging", "canary", "production", "west-2", "west-12", "admin", "pr-2", "pr-10"]);
        order.Before(new EnvironmentName("production")).ShouldBe([new EnvironmentName("staging")]);
    }

    [Fact]
    public void Rows_of_different_times_may_name_each_other()
    {
        var order = new EnvironmentOrder([Stage("one", after: "two"), Stage("two", after: "one")]);

        Sorted(order, "two", "one").Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_not_known_comes_last()
    {
        Sorted(new EnvironmentOrder([Stage("dev")]), "another", "dev").ShouldBe(["dev", "another"]);
    }

    [Theory]
    [InlineData("pr-2", "pr-10")]
    [InlineData("pr-2", "pr-002a")]
    [InlineData("pr", "pr-1")]
    [InlineData("a9", "b1")]
    [InlineData("v1.9", "v1.10")]
    public void Numbers_in_names_count_as_numbers(string first, string second)
    {
        NaturalNames.Comparer.Compare(first, second).ShouldBeLessThan(0);
        NaturalNames.Comparer.Compare(second, first).ShouldBeGreaterThan(0);
    }

    private static List<string> Sorted(EnvironmentOrder order, params string[] names) =>
        [.. names.Select(name => new EnvironmentName(name)).Order(order).Select(name => name.Value)];

    private static EnvironmentStage Stage(string name, string? after = null, bool isProduction = false, bool isPreview = false) =>
        new(new EnvironmentName(name), [new TargetName(name)], after is null ? [] : [new TargetName(after)], isProduction, isPreview);
}
