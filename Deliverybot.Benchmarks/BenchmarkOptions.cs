using System.Globalization;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Benchmarks;

/// <summary>What to measure, and how much of it.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = """
        dotnet run -c Release --project Deliverybot.Benchmarks -- push | idle-events | ingest | pages | hostile | all
        dotnet run -c Release --project Deliverybot.Benchmarks -- lighthouse | home

          --markdown FILE     write the tables as Markdown, too
          --pushes N          pushes of a burst (2000)
          --warm-up N         pushes before the first measured burst (3000)
          --repositories N    repositories they are spread over (50)
          --connections N     connections of a burst (16)
          --paced-seconds N   length of the run at 20 pushes a second (20)
          --events N          events of idle-events and ingest (20000)
          --deployments N     rows of the history that pages are opened over (1000000)
          --history-repositories N  repositories of that history (2000)
          --home-deployments N  rows of the history that home is opened over (10000000)
          --home-repositories N  repositories on it (1000)
          --minutes N         a scenario that takes longer has failed (5; home 60)
          --port N            the Site's port; the stand-in GitHub has the next one (5140)
          --site DLL          another build of the Site than Deliverybot.Site/bin/Release

        ConnectionStrings__Deliverybot names the PostgreSQL server to use; without it a private one is started.
        """;

    private static readonly string[] Scenarios = ["push", "idle-events", "ingest", "pages", "hostile"];

    // One needs a browser, and fetches much; the other takes long to fill its database: not a part of everything.
    private static readonly string[] Apart = ["lighthouse", Home];

    private const string Home = "home";

    public IReadOnlyList<string> Chosen { get; private init; } = [];

    public string? Markdown { get; private init; }

    public int Pushes { get; private init; } = 2_000;

    public int WarmUp { get; private init; } = 3000;

    public int Repositories { get; private init; } = 50;

    public int Connections { get; private init; } = 16;

    public int PacedSeconds { get; private init; } = 20;

    public int Events { get; private init; } = 20_000;

    /// <summary>Rows of the history that pages are opened over.</summary>
    public int Deployments { get; private init; } = 1_000_000;

    public int HistoryRepositories { get; private init; } = 2_000;

    /// <summary>Rows of the history that home is opened over.</summary>
    public int HomeDeployments { get; private init; } = 10_000_000;

    public int HomeRepositories { get; private init; } = 1_000;

    public TimeSpan AtMost { get; private init; } = TimeSpan.FromMinutes(5);

    public int Port { get; private init; } = 5140;

    public string Site { get; init; } =
        RepositoryFolder.Of("Deliverybot.Site", "bin", "Release", "net10.0", "Deliverybot.Site.dll");

    /// <summary>Null when the arguments can't be understood.</summary>
    public static BenchmarkOptions? Parse(IReadOnlyList<string> arguments)
    {
        string[] chosen = arguments switch
        {
            ["all", ..] => Scenarios,
            [var one, ..] when Apart.Contains(one) || Scenarios.Contains(one) => [one],
            _ => [],
        };
        if (chosen.Length == 0 || arguments.Count % 2 == 0)
        {
            return null;
        }

        var options = new BenchmarkOptions { Chosen = chosen, AtMost = TimeSpan.FromMinutes(chosen is [Home] ? 60 : 5) };
        foreach (var pair in arguments.Skip(1).Chunk(2))
        {
            if (options.With(pair[0], pair[1]) is not { } understood)
            {
                return null;
            }

            options = understood;
        }

        return options;
    }

    private BenchmarkOptions? With(string name, string value) => (name, Number(value)) switch
    {
        ("--markdown", _) => this with { Markdown = Path.GetFullPath(value) },
        ("--site", _) => this with { Site = Path.GetFullPath(value) },
        ("--pushes", { } number) => this with { Pushes = number },
        ("--warm-up", { } number) => this with { WarmUp = number },
        ("--repositories", { } number) => this with { Repositories = number },
        ("--connections", { } number) => this with { Connections = number },
        ("--paced-seconds", { } number) => this with { PacedSeconds = number },
        ("--events", { } number) => this with { Events = number },
        ("--deployments", { } number) => this with { Deployments = number },
        ("--history-repositories", { } number) => this with { HistoryRepositories = number },
        ("--home-deployments", { } number) => this with { HomeDeployments = number },
        ("--home-repositories", { } number) => this with { HomeRepositories = number },
        ("--minutes", { } number) => this with { AtMost = TimeSpan.FromMinutes(number) },
        ("--port", { } number) => this with { Port = number },
        _ => null,
    };

    private static int? Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
