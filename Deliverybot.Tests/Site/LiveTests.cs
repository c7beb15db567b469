using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class LiveTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task An_open_page_is_told_of_a_change_and_gets_the_part_that_changed()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n");
        using var ada = await house.SignInAsync("ada");
        using var stream = await ada.GetStreamAsync($"/_/events/{repository.FullName}", TestContext.Current.CancellationToken).AsReaderAsync();
        await stream.ReadUntilAsync("event: ping");

        using var answer = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]));
        await stream.ReadUntilAsync("event: changed");
        var id = (await stream.ReadUntilAsync("data: "))["data: ".Length..];
        var part = await ada.OpenAsync($"/{repository.FullName}/branch/main?handler=Changes&id={id}");

        var cell = part.QuerySelectorAll(".placements").ShouldHaveSingleItem();
        cell.Id.ShouldBe($"at-{repository.Branches["main"]}");
        cell.GetAttribute("hx-swap-oob").ShouldBe("true");
        cell.TextContent.ShouldContain("production");
    }

    [Fact]
    public async Task When_the_database_was_restarted_the_first_page_afterwards_is_there()
    {
        var repository = house.CreateRepository();
        using var ada = await house.SignInAsync("ada");
        await ada.OpenAsync($"/{repository.FullName}");
        using var stream = await ada.GetStreamAsync($"/_/events/{repository.FullName}", TestContext.Current.CancellationToken).AsReaderAsync();
        await stream.ReadUntilAsync("event: ping");

        await house.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        await stream.ReadUntilAsync("event: changed");

        await ada.OpenAsync($"/{repository.FullName}");
    }

    [Fact]
    public async Task An_open_page_is_told_that_the_default_branch_moved_though_nothing_is_deployed()
    {
        var repository = house.CreateRepository();
        using var rita = await house.SignInAsync("rita");
        using var stream = await rita.GetStreamAsync($"/_/events/{repository.FullName}", TestContext.Current.CancellationToken).AsReaderAsync();
        await stream.ReadUntilAsync("event: ping");

        house.World.Push(repository, "feature", house.Ada, "Sell tea");
        house.World.Push(repository, "main", house.Ada, "Sell coffee");
        await stream.ReadUntilAsync("event: changed");

        (await stream.ReadUntilAsync("data: ")).ShouldBe("data: head");
    }
}
