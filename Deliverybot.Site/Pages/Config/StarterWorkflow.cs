namespace Deliverybot.Site.Pages.Config;

/// <summary>
/// A GitHub Actions workflow that carries deployments out, for a repository that has none: it runs for each, on the deployment's commit
/// (<see href="https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#deployment"/>), and tells GitHub how it goes.
/// </summary>
internal static class StarterWorkflow
{
    public const string Folder = ".github/workflows";

    private static readonly string[] Names = ["deploy.yml", "deliverybot.yml"];

    private static readonly Dictionary<string, string> Builds = new(StringComparer.Ordinal)
    {
        ["Dockerfile"] = """
                  - run: docker build --tag "app:${{ github.event.deployment.sha }}" .
            """,
        ["C#"] = Dotnet,
        ["F#"] = Dotnet,
        ["Visual Basic .NET"] = Dotnet,
        ["JavaScript"] = Node,
        ["TypeScript"] = Node,
        ["Vue"] = Node,
        ["Svelte"] = Node,
        ["Go"] = """
                  - uses: actions/setup-go@v5
                    with:
                      go-version: stable
                  - run: go build ./...
            """,
        ["Rust"] = """
                  - run: cargo build --release
            """,
        ["Python"] = """
                  - uses: actions/setup-python@v5
                    with:
                      python-version: 3.x
                  - run: pip install .
            """,
        ["Ruby"] = """
                  - uses: ruby/setup-ruby@v1
                    with:
                      bundler-cache: true
            """,
        ["PHP"] = """
                  - run: composer install --no-dev
            """,
        ["Java"] = """
                  - uses: actions/setup-java@v4
                    with:
                      distribution: temurin
                      java-version: 21
                  - run: mvn --batch-mode package
            """,
        ["Kotlin"] = """
                  - uses: actions/setup-java@v4
                    with:
                      distribution: temurin
                      java-version: 21
                  - run: ./gradlew build
            """,
    };

    private const string Dotnet = """
              - uses: actions/setup-dotnet@v4
              - run: dotnet publish --configuration Release --output out
        """;

    private const string Node = """
              - uses: actions/setup-node@v4
                with:
                  node-version: lts/*
              - run: npm ci
              - run: npm run build --if-present
        """;

    /// <param name="languages">As GitHub counts them, the most first.</param>
    /// <returns>The first of them that can be built here; null: none.</returns>
    public static string? LanguageOf(IReadOnlyList<string> languages) =>
        languages.Contains("Dockerfile") ? "Dockerfile" : languages.FirstOrDefault(Builds.ContainsKey);

    public static string For(IReadOnlyList<string> languages)
    {
        var build = LanguageOf(languages) is { } language ? $"{Builds[language]}\n" : "";
        return $$$"""
            # Carries out what Deliverybot has decided: it runs for each deployment, and says how that goes.
            name: Deploy
            on: deployment

            permissions:
              contents: read
              deployments: write

            jobs:
              deploy:
                runs-on: ubuntu-latest
                env:
                  GH_TOKEN: ${{ github.token }}
                  ENVIRONMENT: ${{ github.event.deployment.environment }}
                  STATUSES: repos/${{ github.repository }}/deployments/${{ github.event.deployment.id }}/statuses
                  LOG: ${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}
                steps:
                  - run: gh api "$STATUSES" -f state=in_progress -f log_url="$LOG"
                  - uses: actions/checkout@v5
                    with:
                      ref: ${{ github.event.deployment.sha }}
            {{{build}}}      # Your own script, which brings what was built to where it belongs.
                  - run: script/deploy "$ENVIRONMENT"
                  - if: ${{ success() }}
                    run: gh api "$STATUSES" -f state=success -f log_url="$LOG"
                  - if: ${{ !success() }}
                    run: gh api "$STATUSES" -f state=failure -f log_url="$LOG"

            """.ReplaceLineEndings("\n");
    }

    /// <returns>A name in <see cref="Folder"/> that is free.</returns>
    public static string FileBeside(IEnumerable<string> taken) =>
        Names.Except(taken).FirstOrDefault() ?? "deliverybot-deploy.yml";
}
