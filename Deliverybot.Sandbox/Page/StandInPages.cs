using Deliverybot.Sandbox.Page.Acts;
using Deliverybot.Sandbox.Page.Views;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page;

/// <summary>The pages on which a person does what developers do at GitHub. They answer at GitHub's addresses, so that Deliverybot's links lead to them.</summary>
internal sealed class StandInPages
{
    private readonly SandboxServer server;
    private readonly Uri site;
    private readonly PageRenderer renderer;
    private readonly Conduct conduct;

    private StandInPages(WebApplication web, SandboxServer server, Uri site)
    {
        (this.server, this.site) = (server, site);
        conduct = new Conduct(server);
        renderer = new PageRenderer(web.Services, web.Services.GetRequiredService<ILoggerFactory>());
    }

    public static void Map(WebApplication web, SandboxServer server, Uri site)
    {
        var pages = new StandInPages(web, server, site);
        web.MapGet("/", pages.Start);
        web.MapGet("/{owner}/{name}", pages.RepositoryAsync);
        web.MapGet("/{owner}/{name}/commit/{sha}", (string owner, string name, string sha) => Results.Redirect($"/{owner}/{name}#commit-{sha}"));
        web.MapGet("/{owner}/{name}/pull/{number:int}", (string owner, string name, int number) => Results.Redirect($"/{owner}/{name}#pull-{number}"));
        web.MapGet("/_/deliveries", pages.DeliveriesAsync);
        web.MapGet("/_/slack", pages.SlackAsync);
        web.MapGet("/_/health/ready", () => "ready");
        web.MapGet("/_/page.css", () => PageFiles.Open("page.css", "text/css"));
        web.MapGet("/_/page.js", () => PageFiles.Open("page.js", "text/javascript"));

        var acts = web.MapGroup("/_").DisableAntiforgery().AddEndpointFilter<SameOrigin>();
        RepositoryActs.Map(acts, server);
        PullRequestActs.Map(acts, server);
        SlackActs.Map(acts, server.Slack);
        pages.conduct.Map(acts);
    }

    private IReadOnlyList<string> RepositoryNames =>
        [.. server.World.Repositories.Where(repository => repository.ForkOf is null).Select(repository => repository.FullName)];

    private IResult Start() =>
        RepositoryNames is [var first, ..] ? Results.Redirect($"/{first}") : Results.Redirect("/_/deliveries");

    private async Task<IResult> RepositoryAsync(string owner, string name) =>
        server.World.FindRepository($"{owner}/{name}") is { } repository ? await ShowAsync(repository) : Results.NotFound();

    private Task<IResult> ShowAsync(Repository repository) =>
        renderer.RenderAsync<RepositoryPage>(new()
        {
            [nameof(RepositoryPage.View)] = RepositoryView.Of(server.World, repository),
            [nameof(RepositoryPage.Site)] = site,
            [nameof(RepositoryPage.Repositories)] = RepositoryNames,
            [nameof(RepositoryPage.Conduct)] = conduct.Of(repository),
        });

    private Task<IResult> DeliveriesAsync() =>
        renderer.RenderAsync<DeliveriesPage>(new()
        {
            [nameof(DeliveriesPage.Deliveries)] = DeliveryView.Latest(server.World),
            [nameof(DeliveriesPage.Site)] = site,
            [nameof(DeliveriesPage.Repositories)] = RepositoryNames,
        });

    private Task<IResult> SlackAsync(string? member, string? room) =>
        renderer.RenderAsync<SlackPage>(new()
        {
            [nameof(SlackPage.View)] = SlackView.Of(server.Slack, member, room),
            [nameof(SlackPage.Site)] = site,
            [nameof(SlackPage.Repositories)] = RepositoryNames,
        });
}
