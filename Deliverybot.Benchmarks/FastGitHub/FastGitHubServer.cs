using System.Net;
using Deliverybot.Benchmarks.GitHubEvents;
using Microsoft.Extensions.Primitives;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>
/// A stand-in GitHub that is never what the Site waits for: it answers from memory, checks no signature, and takes exactly
/// <see cref="Delay"/> longer than that.
/// </summary>
internal sealed class FastGitHubServer : IAsyncDisposable
{
    // 2100, in Unix seconds.
    private const string FarAway = "4102444800";

    private readonly WebApplication app;
    private readonly RouteTable routes;
    private readonly Dictionary<long, RepositoryAnswers> answers;
    private readonly DeploymentAnswers deployments;
    private readonly AppAnswers apps;

    private FastGitHubServer(int port, IReadOnlyList<LoadRepository> repositories, TimeProvider clock)
    {
        Url = new Uri($"http://127.0.0.1:{port}");
        apps = new AppAnswers(clock);
        routes = new RouteTable(repositories);
        answers = repositories.ToDictionary(each => each.Id, each => new RepositoryAnswers(each));
        deployments = new DeploymentAnswers(Ledger, clock);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public Uri Url { get; }

    public DeploymentLedger Ledger { get; } = new();

    public CallCounter Calls { get; } = new();

    public TimeSpan Delay { get; set; }

    /// <summary>Calls that it has no answer for: the Site was then led down a path that isn't the real one.</summary>
    public IEnumerable<string> Faults => Calls.Unknown.Select(call => $"The stand-in GitHub has no answer for {call}.");

    public static async Task<FastGitHubServer> StartAsync(
        int port, IReadOnlyList<LoadRepository> repositories, TimeProvider clock, CancellationToken cancellationToken)
    {
        var server = new FastGitHubServer(port, repositories, clock);
        try
        {
            await server.app.StartAsync(cancellationToken);
            return server;
        }
        catch (IOException taken)
        {
            throw new BenchmarkFailedException($"The stand-in GitHub can't listen: {taken.Message} Choose others with --port.");
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var isPost = HttpMethods.IsPost(request.Method);
        var path = request.Path.Value ?? "";
        var matched = routes.Match(isPost, path);
        Calls.Count(matched.Route, request.Method, path);
        var answer = matched.Route == GitHubRoute.CreateDeployment
            ? deployments.Create(matched.Repository!, await BodyAsync(request))
            : Find(matched, path, request.Headers);
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, context.RequestAborted);
        }

        await WriteAsync(context.Response, answer);
    }

    private Answer Find(MatchedRoute matched, string path, IHeaderDictionary headers) => matched switch
    {
        { Route: GitHubRoute.InstallationToken } => apps.Token(),
        { Route: GitHubRoute.App } => AppAnswers.Find(path),
        { Repository: null } => Answer.NotFound,
        { Route: GitHubRoute.Repository } => answers[matched.Repository.Id].Repository,
        { Route: GitHubRoute.DeployFile } => answers[matched.Repository.Id].DeployFile(headers.IfNoneMatch, headers.Accept),
        { Route: GitHubRoute.Reference } => CommitAnswers.Reference(matched.Repository, matched.Named),
        { Route: GitHubRoute.Commit } => CommitAnswers.Commit(matched.Repository, matched.Named),
        { Route: GitHubRoute.Compare } => CommitAnswers.Compare(),
        { Route: GitHubRoute.Checks } => CommitAnswers.NoChecks(path, CommitAnswers.Resolve(matched.Repository, matched.Named)),
        { Route: GitHubRoute.Deployments } => Answer.EmptyList,
        { Route: GitHubRoute.CreateDeploymentStatus } => deployments.CreateStatus(),
        { Route: GitHubRoute.CreateCommitStatus } => deployments.CreateCommitStatus(),
        _ => Answer.NotFound,
    };

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static async Task WriteAsync(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Status;
        response.Headers.ETag = answer.ETag ?? StringValues.Empty;
        response.Headers["X-RateLimit-Limit"] = "1000000";
        response.Headers["X-RateLimit-Remaining"] = "999999";
        response.Headers["X-RateLimit-Reset"] = FarAway;
        if (answer.Body.Length > 0)
        {
            response.ContentType = answer.ContentType;
            response.ContentLength = answer.Body.Length;
            await response.Body.WriteAsync(answer.Body);
        }
    }
}
