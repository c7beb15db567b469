using System.Net;
using AngleSharp.Html.Dom;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Privacy;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.Upkeep;
using Deliverybot.Tests.Promises;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using Account = Deliverybot.Sandbox.World.Account;
using Deployment = Deliverybot.Data.Deploying.Deployment;
using RepositoryPermission = Deliverybot.Sandbox.World.RepositoryPermission;

namespace Deliverybot.Tests.Site;

public sealed class DeleteDataTests(House house) : IClassFixture<House>
{
    private const string DeployFile =
        """
        production:
          environment: production
          auto_deploy_on: refs/heads/main
        staging:
          environment: staging
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_asks_once_more_and_then_takes_the_name_out_of_everything()
    {
        var gone = house.World.CreateUser("Gone-Tomorrow");
        var repository = house.CreateRepository(DeployFile);
        var id = new RepositoryId(repository.Id);
        house.World.SetPermission(gone, repository, RepositoryPermission.Write);
        using var person = await house.SignInAsync("Gone-Tomorrow");
        using var ada = await house.SignInAsync("ada");
        (await person.PostFormAsync($"/{repository.FullName}/deploy", ("target", "staging"), ("sha", repository.Branches["main"]))).Dispose();
        (await person.PostFormAsync($"/{repository.FullName}/lock", ("environment", "production"))).Dispose();
        var held = house.World.Push(repository, "main", house.Ada, "Held");
        await house.EventuallyAsync(
            async () => (await RowsAsync(id)).Exists(row => row.Sha.Value == held && row.CommitStatus is { } told && told.Contains("Gone-Tomorrow", StringComparison.Ordinal)),
            "the commit was told who holds it");
        (await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", held))).Dispose();
        (await person.PostFormAsync($"/{repository.FullName}/cancel", ("id", (await RowsAsync(id)).Find(row => row.State == DeploymentState.Waiting)!.Id.ToString()))).Dispose();
        await AddLinksAsync(gone.Id);

        using var answer = await DeleteAsync(person);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await ForgottenAsync(gone);
        (await RowsAsync(id)).Select(row => (row.RequestedBy.ToString(), row.Reason?.ToString())).ShouldBe([
            ("deleted user", null),
            ("ada", "Cancelled by deleted user."),
            ("ada", "production is locked by deleted user.")]);
        (await house.ReadAsync(db => db.Activity.Where(row => row.RepositoryId == id).OrderBy(row => row.Id).ToListAsync(Stop)))
            .Select(entry => (entry.Actor.ToString(), entry.Detail.ToString()))
            .ShouldBe([("deleted user", ""), ("deleted user", ""), ("deleted user", "It waited: production is locked by deleted user.")]);
        (await house.ReadAsync(db => db.Locks.Where(row => row.RepositoryId == id).Select(row => row.Holder).SingleAsync(Stop))).ShouldBe(GitHubUser.Deleted);
        (await house.ReadAsync(db => db.SlackLinks.Select(link => link.Login.Value).ToListAsync(Stop))).ShouldBe(["other"]);
        // GitHub's own words are kept for some days, as the documentation says.
        (await DatabaseSearch.FindAsync(house.Database.Source, "Gone-Tomorrow", Stop)).ShouldBe(["public.webhook_deliveries"]);
        using var page = await person.GetAsync("/_/settings", Stop);
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var others = await ada.GetAsync("/_/settings", Stop);
        others.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("production")]
    [InlineData("locked")]
    [InlineData("ada-lovelace")]
    public async Task Who_is_called_like_a_word_of_others_records_changes_none_of_them(string login)
    {
        house.World.CreateUser(login);
        var repository = house.CreateRepository(DeployFile);
        var id = new RepositoryId(repository.Id);
        using var ada = await house.SignInAsync("ada");
        (await ada.PostFormAsync($"/{repository.FullName}/lock", ("environment", "production"), ("reason", "ada-lovelace counts the production stock"))).Dispose();
        (await ada.PostFormAsync($"/{repository.FullName}/unlock", ("environment", "production"))).Dispose();
        using var person = await house.SignInAsync(login);

        (await DeleteAsync(person)).Dispose();

        await ForgottenAsync(house.World.FindAccount(login)!);
        (await house.ReadAsync(db => db.Activity.Where(row => row.RepositoryId == id).OrderBy(row => row.Id).Select(row => row.Detail).ToListAsync(Stop)))
            .Select(detail => detail.ToString())
            .ShouldBe(["ada-lovelace counts the production stock", "ada unlocked production, which they had locked themselves: ada-lovelace counts the production stock."]);
    }

    [Fact]
    public async Task Who_renamed_is_forgotten_under_both_names_and_the_next_owner_of_the_login_is_somebody_else()
    {
        var first = house.World.CreateUser("first-owner");
        var repository = house.CreateRepository(DeployFile);
        var id = new RepositoryId(repository.Id);
        house.World.SetPermission(first, repository, RepositoryPermission.Write);
        using var before = await house.SignInAsync("first-owner");
        (await before.PostFormAsync($"/{repository.FullName}/lock", ("environment", "staging"))).Dispose();
        house.World.RenameUser(first, "first-renamed");
        var second = house.World.CreateUser("first-owner");
        house.World.SetPermission(second, repository, RepositoryPermission.Write);
        using var after = await house.SignInAsync("first-owner");

        using var refused = await after.PostFormAsync($"/{repository.FullName}/deploy", ("target", "staging"), ("sha", repository.Branches["main"]));
        (await DeleteAsync(after)).Dispose();
        await ForgottenAsync(second);
        var kept = await house.ReadAsync(db => db.Locks.Where(row => row.RepositoryId == id).Select(row => row.Holder).SingleAsync(Stop));
        using var renamed = await house.SignInAsync("first-renamed");
        using var own = await renamed.PostFormAsync($"/{repository.FullName}/deploy", ("target", "staging"), ("sha", repository.Branches["main"]));
        (await DeleteAsync(renamed)).Dispose();
        await ForgottenAsync(first);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        own.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        kept.ShouldBe(new GitHubUser(new GitHubUserId(first.Id), new GitHubLogin("first-owner")));
        (await DatabaseSearch.FindAsync(house.Database.Source, "first-owner", Stop)).ShouldBeSubsetOf(["public.webhook_deliveries"]);
        (await DatabaseSearch.FindAsync(house.Database.Source, "first-renamed", Stop)).ShouldBeSubsetOf(["public.webhook_deliveries"]);
    }

    [Fact]
    public async Task What_an_earlier_release_wrote_without_a_number_belongs_to_nobody()
    {
        var repository = house.CreateRepository(DeployFile);
        using var ada = await house.SignInAsync("ada");
        await house.EventuallyAsync(() => house.ReadAsync(db => db.Repositories.AnyAsync(row => row.Id == new RepositoryId(repository.Id), Stop)), "the repository is known");
        await using (var command = house.Database.Source.CreateCommand(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"""
            insert into environment_locks (repository_id, environment, environment_key, kind, holder, reason, since)
            values ({repository.Id}, 'staging', 'staging', 'Lock', 'ada', '', now())
            """)))
        {
            await command.ExecuteNonQueryAsync(Stop);
        }

        using var refused = await ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "staging"), ("sha", repository.Branches["main"]));
        using var unlocked = await ada.PostFormAsync($"/{repository.FullName}/unlock", ("environment", "staging"));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldContain("staging is locked by ada.");
        unlocked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Nothing_is_deleted_by_a_look()
    {
        using var ada = await house.SignInAsync("ada");

        await ada.OpenAsync("/_/settings/delete");

        (await ada.OpenAsync("/_/settings")).Body!.TextContent.ShouldContain("ada");
    }

    private static async Task<HttpResponseMessage> DeleteAsync(HttpClient person)
    {
        var settings = await person.OpenAsync("/_/settings");
        var question = await person.OpenAsync(settings.QuerySelector("a[href='/_/settings/delete']")!.GetAttribute("href")!);
        return await person.PostAsync("/_/settings/delete", FieldsOf((IHtmlFormElement)question.QuerySelector("main form")!), Stop);
    }

    private static FormUrlEncodedContent FieldsOf(IHtmlFormElement form) =>
        new(form.Elements.OfType<IHtmlInputElement>().Where(input => input.Name is { Length: > 0 }).Select(input => KeyValuePair.Create(input.Name!, input.Value)));

    /// <summary>The job at once, and the one that comes later.</summary>
    private async Task ForgottenAsync(Account user)
    {
        await house.EventuallyAsync(
            async () => (await house.Database.Source.CreateCommand(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"select count(*) from hangfire.job where invocationdata::text like '%ForgetJob%' and arguments::text like '%{user.Id}%' and statename = 'Succeeded'"))
                .ExecuteScalarAsync(Stop)) is 1L,
            "the person is forgotten");
        await house.RunAsync<ForgetJob>((job, stop) => job.RunAsync(user.Id, stop));
    }

    private Task<List<Deployment>> RowsAsync(RepositoryId id) => house.ReadAsync(db => db.Deployments.AsNoTracking()
        .Where(row => row.RepositoryId == id).OrderBy(row => row.Id).ToListAsync(Stop));

    private async Task AddLinksAsync(long user)
    {
        await using var command = house.Database.Source.CreateCommand(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"""
            insert into slack_workspaces (team_id, name, installed_at) values ('T1', 'Acme', now());
            insert into slack_links (team_id, slack_user_id, user_id, login, protected_token, linked_at)
            values ('T1', 'U1', {user}, 'Gone-Tomorrow', '', now()), ('T1', 'U2', {user + 1_000_000}, 'other', '', now());
            """));
        await command.ExecuteNonQueryAsync(Stop);
    }
}
