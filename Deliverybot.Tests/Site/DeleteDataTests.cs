using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class DeleteDataTests(House house) : IClassFixture<House>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_asks_once_more_and_then_takes_the_name_out_of_everything()
    {
        var gone = house.World.CreateUser("Gone-Tomorrow");
        var repository = house.CreateRepository("production:\n  environment: production\n");
        house.World.SetPermission(gone, repository, RepositoryPermission.Write);
        using var person = await house.SignInAsync("Gone-Tomorrow");
        using var ada = await house.SignInAsync("ada");
        (await person.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]))).Dispose();
        (await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]))).Dispose();
        await AddAsync(repository.Id, gone.Id);
        var settings = await person.OpenAsync("/_/settings");
        var question = await person.OpenAsync(settings.QuerySelector("a[href='/_/settings/delete']")!.GetAttribute("href")!);

        using var answer = await person.PostAsync("/_/settings/delete", FieldsOf((IHtmlFormElement)question.QuerySelector("main form")!), Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var id = new RepositoryId(repository.Id);
        (await house.ReadAsync(db => db.Deployments.Where(row => row.RepositoryId == id).OrderBy(row => row.Id).Select(row => row.RequestedBy.Value).ToListAsync(Stop))).ShouldBe(["deleted user", "ada"]);
        (await house.ReadAsync(db => db.Activity.Where(row => row.RepositoryId == id).OrderBy(row => row.Id).Select(row => row.Actor.Value).ToListAsync(Stop))).ShouldBe(["deleted user", "ada", "ada"]);
        (await house.ReadAsync(db => db.Locks.Where(row => row.RepositoryId == id).Select(row => row.Holder.Value).SingleAsync(Stop))).ShouldBe("deleted user");
        (await house.ReadAsync(db => db.SlackLinks.Select(link => link.Login.Value).ToListAsync(Stop))).ShouldBe(["other"]);
        (await house.ReadAsync(db => db.Activity.Where(row => row.RepositoryId == id && row.Detail != "").Select(row => row.Detail).SingleAsync(Stop)))
            .ShouldBe("ada unlocked it, which deleted user had locked; not gone-tomorrow-morning.");
        using var page = await person.GetAsync("/_/settings", Stop);
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var others = await ada.GetAsync("/_/settings", Stop);
        others.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nothing_is_deleted_by_a_look()
    {
        using var ada = await house.SignInAsync("ada");

        await ada.OpenAsync("/_/settings/delete");

        (await ada.OpenAsync("/_/settings")).Body!.TextContent.ShouldContain("ada");
    }

    private static FormUrlEncodedContent FieldsOf(IHtmlFormElement form) =>
        new(form.Elements.OfType<IHtmlInputElement>().Where(input => input.Name is { Length: > 0 }).Select(input => KeyValuePair.Create(input.Name!, input.Value)));

    private async Task AddAsync(long repository, long user)
    {
        await using var command = house.Database.Source.CreateCommand(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"""
            insert into environment_locks (repository_id, environment, environment_key, kind, holder, reason, since)
            values ({repository}, 'production', 'production', 'Lock', 'gone-tomorrow', '', now());
            insert into activity (repository_id, at, actor, act, detail)
            values ({repository}, now(), 'ada', 'Unlocked', 'ada unlocked it, which gone-tomorrow had locked; not gone-tomorrow-morning.');
            insert into slack_workspaces (team_id, name, installed_at) values ('T1', 'Acme', now());
            insert into slack_links (team_id, slack_user_id, user_id, login, protected_token, linked_at)
            values ('T1', 'U1', {user}, 'gone-tomorrow', '', now()), ('T1', 'U2', {user + 1_000_000}, 'other', '', now());
            """));
        await command.ExecuteNonQueryAsync(Stop);
    }
}
