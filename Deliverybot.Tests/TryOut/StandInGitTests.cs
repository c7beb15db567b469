using System.Net;
using Deliverybot.Sandbox.Page.Views;
using Deliverybot.Sandbox.World;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.TryOut;

/// <summary>What is done with git on the stand-in's pages beyond a plain push.</summary>
public sealed class StandInGitTests : IAsyncLifetime
{
    private const string File = "production:\n  auto_deploy_on: refs/heads/main\n";

    private readonly StandIn gitHub = new();

    private Repository Shop => gitHub.Repository("acme/shop");

    private Repository Web => gitHub.Repository("acme/web");

    public ValueTask InitializeAsync() => gitHub.StartAsync();

    public ValueTask DisposeAsync() => gitHub.DisposeAsync();

    [Fact]
    public async Task The_file_is_edited_on_the_default_branch()
    {
        var edit = (await gitHub.PageAsync("/acme/shop")).QuerySelector("a.button[href$='deploy.yml']")!;
        edit.TextContent.ShouldBe("Edit it");
        var page = await gitHub.PageAsync(edit.GetAttribute("href")!);
        page.QuerySelector("textarea")!.TextContent.ShouldBe(ContentOf(Shop, "main"));
        var before = Shop.Head;

        // As browsers send lines.
        await gitHub.DoAsync("/_/file", CommitOf("acme/shop", File.ReplaceLineEndings("\r\n"), propose: false));

        ContentOf(Shop, "main").ShouldBe(File);
        Shop.Resolve("main")!.Parents.ShouldBe([before]);
        (await gitHub.PageAsync("/acme/shop")).QuerySelector("[data-live=deploy-file] pre")!.TextContent.ShouldBe(File);
    }

    [Fact]
    public async Task The_file_is_changed_by_a_pull_request_and_there_once_more()
    {
        var before = ContentOf(Shop, "main");

        (await gitHub.DoAsync("/_/file", CommitOf("acme/shop", File, propose: true))).ShouldBe("/acme/shop#pull-1");
        await gitHub.DoAsync("/_/file", CommitOf("acme/shop", "later: {}\n", propose: true));
        await gitHub.DoAsync("/_/file", CommitOf("acme/shop", "better: {}\n", propose: false, branch: "deploy-yml"));

        ContentOf(Shop, "main").ShouldBe(before);
        Shop.PullRequests.Select(pull => (pull.HeadBranch, pull.BaseBranch, pull.Title)).ShouldBe([("deploy-yml", "main", "Say it"), ("deploy-yml-2", "main", "Say it")]);
        ContentOf(Shop, "deploy-yml").ShouldBe("better: {}\n");
        ContentOf(Shop, "deploy-yml-2").ShouldBe("later: {}\n");
        (await gitHub.PageAsync("/acme/shop/edit/deploy-yml/.github/deploy.yml")).QuerySelector("textarea")!.TextContent.ShouldBe("better: {}\n");
    }

    [Fact]
    public async Task A_file_that_is_missing_is_created_where_Deliverybots_link_leads()
    {
        gitHub.World.Push(Shop, "main", gitHub.World.FindAccount("ada")!, "Forget it", new Dictionary<string, string?> { [FileView.Path] = null });
        (await gitHub.PageAsync("/acme/shop")).QuerySelector("[data-live=deploy-file] a.button")!.TextContent.ShouldBe("Create it");

        var page = await gitHub.PageAsync($"/acme/shop/new/main?filename=.github/deploy.yml&value={Uri.EscapeDataString(File)}");
        page.QuerySelector("h1")!.TextContent.ShouldBe("Create .github/deploy.yml");
        page.QuerySelector("textarea")!.TextContent.ShouldBe(File);
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/file", CommitOf("acme/shop", " \n", propose: false))).ShouldStartWith("The file is empty.");

        await gitHub.DoAsync("/_/file", CommitOf("acme/shop", File, propose: false));
        ContentOf(Shop, "main").ShouldBe(File);
        await gitHub.DoAsync("/_/file", CommitOf("acme/shop", string.Empty, propose: false));
        ContentOf(Shop, "main").ShouldBeNull("an empty file is removed");
    }

    [Fact]
    public async Task What_changes_nothing_or_may_not_be_is_not_committed()
    {
        var (head, now) = (Shop.Head, ContentOf(Shop, "main")!);

        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/file", CommitOf("acme/shop", now, propose: true))).ShouldContain("says that already");
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/file", CommitOf("acme/shop", File, propose: false, message: " "))).ShouldBe("Say in a few words what it is.");
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/file", CommitOf("acme/shop", new string('x', 300_000), propose: false))).ShouldContain("larger than 256 KiB");
        (await gitHub.TryAsync(HttpStatusCode.Forbidden, "/_/file", CommitOf("acme/shop", File, propose: true, login: "rita"))).ShouldBe("rita may only read acme/shop.");
        (await gitHub.TryAsync(HttpStatusCode.NotFound, "/_/file", CommitOf("acme/vault", File, propose: true, login: "ada"))).ShouldBe("ada can’t see acme/vault.");

        (Shop.Head, Shop.PullRequests.Count).ShouldBe((head, 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("../main")]
    [InlineData("-f")]
    [InlineData("tea.lock")]
    [InlineData("tea/")]
    [InlineData("tea/.x")]
    [InlineData("a~1")]
    [InlineData("a@{1}")]
    public async Task What_git_takes_for_no_name_is_refused(string name)
    {
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/push", ("repository", "acme/shop"), ("branch", name), ("message", "x"), ("login", "ada"))).ShouldNotBeEmpty();
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/tag", TagOf(name, Shop.Head))).ShouldNotBeEmpty();

        Shop.Branches.Keys.ShouldBe(["main"]);
        Shop.Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_branch_is_set_back_to_an_older_commit_or_its_head_replaced()
    {
        var head = Shop.Resolve("main")!;
        var parent = head.Parents.Single();

        await gitHub.DoAsync("/_/branch", RewriteOf("acme/shop", "main", "set", parent));
        Shop.Head.ShouldBe(parent);
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/branch", RewriteOf("acme/shop", "main", "set", parent))).ShouldStartWith($"main is at {parent[..7]} already.");

        await gitHub.DoAsync("/_/branch", RewriteOf("acme/shop", "main", "replace"));
        var replaced = Shop.Resolve("main")!;
        replaced.Sha.ShouldNotBe(parent);
        (replaced.Parents.Single(), replaced.Message).ShouldBe((Shop.Resolve(parent)!.Parents.Single(), Shop.Resolve(parent)!.Message));
        var told = gitHub.World.Webhooks.Deliveries.Where(delivery => delivery.Event == "push").ToList();
        told.Count.ShouldBe(2);
        (await gitHub.TryAsync(HttpStatusCode.NotFound, "/_/branch", RewriteOf("acme/shop", "main", "set", "1234567"))).ShouldBe("There is no commit 1234567.");
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/branch", RewriteOf("acme/shop", "main", "burn"))).ShouldBe("Choose what to do with the branch.");
    }

    [Fact]
    public async Task A_branch_is_deleted_with_its_pull_request_but_not_the_default_one()
    {
        await gitHub.DoAsync("/_/branch", RewriteOf("acme/web", "feature/dark-mode", "delete"));

        Web.Branches.Keys.ShouldBe(["main"]);
        var pull = Web.PullRequests.Single(each => each.HeadBranch == "feature/dark-mode");
        pull.Open.ShouldBeFalse();
        (await gitHub.PageAsync("/acme/web")).QuerySelector($"#pull-{pull.Number} .mark-of")!.TextContent.ShouldBe("closed");
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/pull-request/state", ("repository", "acme/web"), ("number", $"{pull.Number}"), ("act", "reopen"), ("login", "ada")))
            .ShouldContain("feature/dark-mode was deleted");
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/branch", RewriteOf("acme/web", "main", "delete"))).ShouldContain("default branch");
        (await gitHub.TryAsync(HttpStatusCode.NotFound, "/_/branch", RewriteOf("acme/web", "gone", "delete"))).ShouldBe("There is no branch gone.");
    }

    [Fact]
    public async Task A_commit_is_tagged_released_and_the_tag_moved_and_deleted()
    {
        var (head, parent) = (Shop.Head, Shop.Resolve("main")!.Parents.Single());

        await gitHub.DoAsync("/_/tag", TagOf("v1", parent));
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/tag", TagOf("v1", head))).ShouldContain("There is a tag v1 already");
        await gitHub.DoAsync("/_/tag", [.. TagOf("v1", head), ("move", "true")]);
        Shop.Tags["v1"].ShouldBe(head);
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/tag", TagOf("v1", head))).ShouldContain("already");

        await gitHub.DoAsync("/_/tag", [.. TagOf("v2", parent), ("release", "true")]);
        (await gitHub.TryAsync(HttpStatusCode.UnprocessableEntity, "/_/tag", [.. TagOf("v2", parent), ("release", "true")])).ShouldContain("released already");
        Shop.Tags["v2"].ShouldBe(parent);
        gitHub.World.Webhooks.Deliveries.Count(delivery => delivery is { Event: "release", Action: "published" }).ShouldBe(1);
        (await gitHub.PageAsync("/acme/shop")).QuerySelectorAll(".more .plain .tag").ShouldHaveSingleItem().TextContent.ShouldBe("released");

        await gitHub.DoAsync("/_/tag/delete", ("repository", "acme/shop"), ("tag", "v1"), ("login", "ada"));
        Shop.Tags.Keys.ShouldBe(["v2"]);
        (await gitHub.TryAsync(HttpStatusCode.Forbidden, "/_/tag", TagOf("v3", head, login: "rita"))).ShouldBe("rita may only read acme/shop.");
    }

    private static string? ContentOf(Repository repository, string branch) => repository.Resolve($"refs/heads/{branch}")!.Files.GetValueOrDefault(FileView.Path);

    private static (string, string)[] CommitOf(string repository, string content, bool propose, string branch = "main", string message = "Say it", string login = "olive") =>
        [("repository", repository), ("branch", branch), ("content", content), ("message", message), ("login", login), ("propose", propose ? "true" : "false")];

    private static (string, string)[] RewriteOf(string repository, string branch, string how, string commit = "") =>
        [("repository", repository), ("branch", branch), ("how", how), ("commit", commit), ("login", "ada")];

    private static (string, string)[] TagOf(string tag, string commit, string login = "ada") =>
        [("repository", "acme/shop"), ("tag", tag), ("commit", commit), ("login", login)];
}
