using System.Net;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class BrokenTests(House house) : IClassFixture<House>
{
    [Fact]
    public async Task A_fault_even_of_the_sign_in_shows_a_page_that_helps()
    {
        using var ada = await house.SignInAsync("ada");
        await using (var command = house.Database.Source.CreateCommand("drop table session_ends"))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var answer = await ada.GetAsync("/_/settings", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var text = (await answer.ReadPageAsync()).Body!.TextContent;
        text.ShouldContain("Something broke on our side");
        text.ShouldNotContain("session_ends");
    }
}
