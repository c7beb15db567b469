using System.Net;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.WebUtilities;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class TokenRenewalTests(House house) : IClassFixture<House>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_that_GitHub_ended_is_renewed_on_the_way_and_the_session_keeps_its_end()
    {
        var path = $"/{house.CreateRepository().FullName}/deployments?before=99";
        using var olive = await house.SignInAsync("olive");
        var before = await EndOfSessionAsync(olive);
        house.World.Tokens.RevokeAllOf(house.World.Accounts.Single(account => account.Login == "olive"));

        using var away = await olive.GetAsync(path, Stop);
        var authorize = away.Headers.Location!;
        var fields = QueryHelpers.ParseQuery(authorize.Query).ToDictionary(field => field.Key, field => field.Value.ToString());
        fields["login"] = "olive";
        using var form = new FormUrlEncodedContent(fields);
        using var back = await olive.PostAsync(new Uri(authorize, authorize.AbsolutePath), form, Stop);
        using var landed = await olive.GetAsync(back.Headers.Location, Stop);
        using var page = await olive.GetAsync(landed.Headers.Location, Stop);

        authorize.AbsolutePath.ShouldBe("/login/oauth/authorize");
        landed.Headers.Location!.OriginalString.ShouldBe(path);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await EndOfSessionAsync(olive)).ShouldBe(before);
    }

    private static async Task<string?> EndOfSessionAsync(HttpClient visitor)
    {
        var page = await visitor.OpenAsync("/_/settings");
        return page.QuerySelectorAll("time")[1].GetAttribute("datetime");
    }
}
