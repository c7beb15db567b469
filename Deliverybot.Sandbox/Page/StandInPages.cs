using Deliverybot.Sandbox.Page.Acts;
using Deliverybot.Sandbox.Page.Views;

namespace Deliverybot.Sandbox.Page;

/// <summary>The pages on which a person does what developers do at GitHub. They answer at GitHub's addresses, so that Deliverybot's links lead to them.</summary>
internal sealed class StandInPages
{
    private readonly SandboxServer server;
    private readonly Uri site;
    private readonly PageRenderer renderer;
    private readonly Conduct conduct;
    private readonly Troubles troubles;

    private StandInPages(WebApplication web, SandboxServer server, Uri site)
    {
        (this.server, this.site) = (server, site);
        conduct = new Conduct(server);
        troubles = new Troubles(server);
        renderer = new PageRenderer(web.Services, web.Services.GetRequiredService<ILoggerFactory>());
    }

    public static void Map(WebApplication web, SandboxServer server, Uri site)
    {
        var pages = new StandInPages(web, server, site);
        web.MapGet("/", pages.Start);
        web.MapGet("/_/deliveries", pages.DeliveriesAsync);
        web.MapGet("/_/slack", pages.SlackAsync);
        web.MapGet(NewRepositoryActs.Address, pages.NewAsync);
        web.MapGet("/_/health/ready", () => "ready");
        web.MapGet("/_/page.css", () => PageFiles.Open("page.css", "text/css"));
        web.MapGet("/_/page.js", () => PageFiles.Open("page.js", "text/javascript"));
        pages.MapRepository(web);

        var stage = new Stage(server, pages.Refused);
        var acts = web.MapGroup("/_").DisableAntiforgery().AddEndpointFilter<SameOrigin>();
        GitActs.Map(acts, stage);
        RepositoryActs.Map(acts, stage);
        PullRequestActs.Map(acts, stage);
        NewRepositoryActs.Map(acts, stage);
        SlackActs.Map(acts, stage);
        pages.conduct.Map(acts, stage);
        pages.troubles.Map(acts, stage);
    }

    /// <summary>Without forks: nothing is deployed from them, and their pull requests lead to them.</summary>
    private IReadOnlyList<string> RepositoryNames =>
        [.. server.World.Repositories.Where(repository => repository.ForkOf is null).Select(repository => repository.FullName)];

    private ShellView Shell => new(site, RepositoryNames, troubles.Now, troubles.Ends);

    private void MapRepository(WebApplication web)
    {
        web.MapGet("/{owner}/{name}", RepositoryAsync);
        web.MapGet("/{owner}/{name}/commit/{sha}", (string owner, string name, string sha) => Results.Redirect($"/{owner}/{name}#commit-{sha}"));
        web.MapGet("/{owner}/{name}/pull/{number:int}", (string owner, string name, int number) => Results.Redirect($"/{owner}/{name}#pull-{number}"));
        web.MapGet("/{owner}/{name}/compare/{**range}", (string owner, string name) => Results.Redirect($"/{owner}/{name}#branches"));
        web.MapGet("/{owner}/{name}/deployments/{**environment}", (string owner, string name) => Results.Redirect($"/{owner}/{name}#deployments"));
        web.MapGet("/{owner}/{name}/actions/runs/{id:long}", (string owner, string name) => Results.Redirect($"/{owner}/{name}#deployments"));
        web.MapGet("/{owner}/{name}/new/{**branch}", (string owner, string name, string branch, string? filename, string? value) =>
            filename == FileView.Path ? FileAsync($"{owner}/{name}", branch, value) : Task.FromResult(Results.NotFound()));
        foreach (var view in new[] { "edit", "blob" })
        {
            web.MapGet($"/{{owner}}/{{name}}/{view}/{{**path}}", (string owner, string name, string path) =>
                path.EndsWith($"/{FileView.Path}", StringComparison.Ordinal)
                    ? FileAsync($"{owner}/{name}", path[..^(FileView.Path.Length + 1)], proposed: null)
                    : Task.FromResult(Results.NotFound()));
        }
    }

    private IResult Start() =>
        RepositoryNames is [var first, ..] ? Results.Redirect($"/{first}") : Results.Redirect("/_/deliveries");

    private async Task<IResult> RepositoryAsync(string owner, string name) =>
        server.World.FindRepository($"{owner}/{name}") is not { } repository ? Missing($"There is no repository {owner}/{name}.")
        : await renderer.RenderAsync<RepositoryPage>(new()
        {
            [nameof(RepositoryPage.View)] = RepositoryView.Of(server.World, repository),
            [nameof(RepositoryPage.Shell)] = Shell,
            [nameof(RepositoryPage.Conduct)] = conduct.Of(repository),
            [nameof(RepositoryPage.Install)] = $"/github-apps/{server.App.Slug}/installations/new",
        });

    private async Task<IResult> FileAsync(string fullName, string branch, string? proposed)
    {
        // A slash in a branch's name stays encoded on the way.
        var plain = Uri.UnescapeDataString(branch);
        return server.World.FindRepository(fullName) is not { } repository ? Missing($"There is no repository {fullName}.")
            : FileView.Of(server.World, repository, plain, proposed) is not { } file ? Missing($"There is no branch {plain}.", $"/{repository.FullName}")
            : await renderer.RenderAsync<FilePage>(new() { [nameof(FilePage.View)] = file, [nameof(FilePage.Shell)] = Shell });
    }

    private Task<IResult> NewAsync() => renderer.RenderAsync<NewRepositoryPage>(new() { [nameof(NewRepositoryPage.Shell)] = Shell });

    private Task<IResult> DeliveriesAsync() =>
        renderer.RenderAsync<DeliveriesPage>(new()
        {
            [nameof(DeliveriesPage.Deliveries)] = DeliveryView.Latest(server.World),
            [nameof(DeliveriesPage.Shell)] = Shell,
        });

    private Task<IResult> SlackAsync(string? member, string? room) =>
        renderer.RenderAsync<SlackPage>(new()
        {
            [nameof(SlackPage.View)] = SlackView.Of(server.Slack, member, room),
            [nameof(SlackPage.Shell)] = Shell,
        });

    private IResult Missing(string why, string back = "/") => Refused(StatusCodes.Status404NotFound, why, back);

    private IResult Refused(int status, string why, string back) =>
        renderer.Later<RefusedPage>(status, new()
        {
            [nameof(RefusedPage.Why)] = why,
            [nameof(RefusedPage.Back)] = back,
            [nameof(RefusedPage.Shell)] = Shell,
        });
}
