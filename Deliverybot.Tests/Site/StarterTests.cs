using System.Text;
using AngleSharp.Dom;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.Requests;
using Deliverybot.Sandbox.World;
using Deliverybot.Site.Pages.Config;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>The deploy.yml that is proposed where there is none.</summary>
public sealed class StarterTests(House house, TestPostgreSql postgreSql) : IClassFixture<House>
{
    private const string Ci =
        """
        name: CI
        on:
          push:
            branches: [main]
          pull_request:
        jobs:
          build:
            runs-on: ubuntu-latest
            steps: []
          lint:
            name: "Lint: all"
            runs-on: ubuntu-latest
          matrix:
            strategy:
              matrix:
                node: [20, 22]
            runs-on: ubuntu-latest
          called:
            uses: ./.github/workflows/other.yml
          sometimes:
            if: github.actor != 'dependabot[bot]'
            runs-on: ubuntu-latest
          named:
            name: Named ${{ github.sha }}
            runs-on: ubuntu-latest
          ships:
            environment: production
            runs-on: ubuntu-latest
        """;

    private const string Carrier =
        """
        on: [deployment]
        jobs:
          prod:
            if: github.event.deployment.environment == 'Production'
            runs-on: ubuntu-latest
          qa:
            if: github.event.deployment.environment == 'qa'
            runs-on: ubuntu-latest
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_made_by_the_branch_and_the_workflows_and_deploys_what_is_pushed()
    {
        var repository = Create((".github/workflows/ci.yml", Ci), (".github/workflows/cd.yaml", Carrier), (".github/workflows/notes.md", "on: push"));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/config");

        var file = page.QuerySelector("pre[aria-label='Proposed .github/deploy.yml']")!.TextContent;
        file.ShouldEndWith(
            """
            qa:
              environment: qa
              auto_deploy_on: refs/heads/main
              required_contexts: [build, "Lint: all"]

            production:
              environment: Production
              after: [qa]
              auto_deploy_on: refs/heads/main
              queue: latest

            """.ReplaceLineEndings("\n"));
        page.QuerySelector("#starter")!.ParentElement!.ParentElement!.TextContent.ShouldContain(".github/workflows/cd.yaml carries deployments out");
        page.QuerySelector("#carrier").ShouldBeNull();
        var sha = house.World.Push(repository, "main", house.Ada, "Begin", new Dictionary<string, string?> { [DeployFiles.Path] = file });
        foreach (var check in new[] { "build", "Lint: all" })
        {
            house.World.SetStatus(repository, sha, check, "success");
        }

        await house.EventuallyAsync(() => Task.FromResult(house.World.Read(_ => repository.Deployments.Any(deployment => deployment.Environment == "qa"))), "it is deployed");
    }

    [Fact]
    public async Task Where_no_workflow_carries_out_one_is_proposed_in_the_language_of_the_repository()
    {
        var repository = Create((".github/workflows/deploy.yml", "on: push\njobs: {}"), ("src/a.ts", "export const a = 1;"), ("style.css", new string(' ', 500)), ("tool.py", "pass"));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/config");

        var workflow = page.QuerySelector("pre[aria-label='Proposed .github/workflows/deliverybot.yml']")!.TextContent;
        workflow.ShouldContain("uses: actions/setup-node@v4");
        var link = Links(page)[1];
        link.ShouldContain("/new/main?filename=.github/workflows/deliverybot.yml&value=");
        Uri.UnescapeDataString(link).ShouldEndWith(workflow);
    }

    [Theory]
    [InlineData()]
    [InlineData("Dockerfile", "Go")]
    [InlineData("C#")]
    [InlineData("Java")]
    [InlineData("Kotlin")]
    [InlineData("Go")]
    [InlineData("Python")]
    [InlineData("Ruby")]
    [InlineData("Rust")]
    [InlineData("PHP")]
    [InlineData("JavaScript")]
    public void The_workflow_is_one_that_runs_for_each_deployment(params string[] languages)
    {
        var facts = WorkflowFacts.Of("deploy.yml", StarterWorkflow.For(languages), GitRef.Branch("main")).ShouldNotBeNull();

        facts.CarriesOut.ShouldBeTrue();
        facts.Checks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("on: push", true)]
    [InlineData("on: [pull_request, push]", true)]
    [InlineData("on: pull_request", false)]
    [InlineData("on:\n  push:\n    branches: ['**']", true)]
    [InlineData("on:\n  push:\n    branches: [develop]", false)]
    [InlineData("on:\n  push:\n    tags: ['v*']", false)]
    [InlineData("on:\n  push:\n    branches: [main]\n    paths: [src/**]", false)]
    [InlineData("on:\n  push:\n    branches-ignore: [main]", false)]
    public void A_check_is_required_only_where_each_push_to_the_branch_runs_it(string on, bool isRequired) =>
        WorkflowFacts.Of("ci.yml", $"{on}\njobs:\n  test:\n    runs-on: ubuntu-latest\n", GitRef.Branch("main"))!.Checks.ShouldBe(isRequired ? ["test"] : []);

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("on: push")]
    [InlineData("on: push\njobs: [\n")]
    [InlineData("on: push\non: deployment\njobs: {}")]
    public void What_is_no_workflow_is_left_alone(string text) => WorkflowFacts.Of("odd.yml", text, GitRef.Branch("main")).ShouldBeNull();

    [Theory]
    [InlineData("main", "build")]
    [InlineData("release/1.0", "yes")]
    [InlineData("a#b:{c}", "it's \"quoted\" \\ and, more]")]
    [InlineData("über", "${{ nothing }}")]
    public void Whatever_branch_and_checks_are_called_the_file_is_sound(string branch, string check)
    {
        var text = StarterFile.For(branch, new Uri("https://deliverybot.example.com/_/schema/deploy.json"), [new WorkflowFacts("ci.yml", false, [], [check])]);

        var targets = DeployFileSamples.Valid(text).All;
        targets.Select(target => target.Name.Value).ShouldBe(["staging", "production"]);
        targets[0].RequiredContexts.ShouldBe([check]);
        DeployFileParser.Parse(Encoding.UTF8.GetBytes(text)).ShouldBeOfType<DeployFileResult.Valid>();
    }

    [Theory]
    [InlineData("help")]
    [InlineData("force")]
    [InlineData("a b")]
    public void Environments_that_can_be_no_targets_give_way_to_the_usual_ones(string environment) =>
        DeployFileSamples.Valid(StarterFile.For("main", schema: null, [new WorkflowFacts("cd.yml", true, [environment], [])])).All.Select(target => target.Name.Value)
            .ShouldBe(["staging", "production"]);

    [Fact]
    public async Task What_is_too_long_for_an_address_is_to_be_pasted()
    {
        var jobs = string.Concat(Enumerable.Range(0, 10).Select(number => $"  job{number}:\n    name: \"{new string('ä', 250)} {number}\"\n"));
        var repository = Create((".github/workflows/ci.yml", $"on: push\njobs:\n{jobs}"));
        using var rita = await house.SignInAsync("rita");

        var page = await rita.OpenAsync($"/{repository.FullName}/config");

        Links(page)[0].ShouldEndWith("/new/main?filename=.github/deploy.yml");
        page.QuerySelector("main")!.TextContent.ShouldContain("Paste it there");
    }

    [Fact]
    public async Task Workflows_are_read_as_the_person_who_looks_and_only_where_there_is_no_deploy_yml()
    {
        var (without, with) = (Create((".github/workflows/ci.yml", Ci)), Create((".github/workflows/ci.yml", Ci), (DeployFiles.Path, "production: {}\n")));
        using var rita = await house.SignInAsync("rita");
        house.GitHub.Requests.Clear();

        await rita.OpenAsync($"/{without.FullName}/config");
        await rita.OpenAsync($"/{without.FullName}");
        await rita.OpenAsync($"/{with.FullName}/config");

        var read = house.GitHub.Requests.All.Where(request => request.Path.Contains("/contents/.github/workflows", StringComparison.Ordinal)).ToList();
        read.Select(request => request.Path.Split('?')[0]).ShouldBe(
            [$"/api/v3/repos/{without.FullName}/contents/.github/workflows", $"/api/v3/repos/{without.FullName}/contents/.github/workflows/ci.yml"], ignoreOrder: true);
        read.ShouldAllBe(request => request.Caller == CallerKind.User);
    }

    [Fact]
    public async Task The_repositorys_own_page_leads_to_it()
    {
        var repository = Create(("README.md", "# shop"));
        using var rita = await house.SignInAsync("rita");

        foreach (var address in new[] { $"/{repository.FullName}", $"/{repository.FullName}/environments" })
        {
            var page = await rita.OpenAsync(address);
            page.QuerySelector("#deploy-note a")!.GetAttribute("href").ShouldBe($"/{repository.FullName}/config");
        }
    }

    [Fact]
    public async Task The_set_up_leads_whoever_is_signed_in_to_their_repositories()
    {
        await using var own = new House(postgreSql);
        await own.InitializeAsync();
        var mine = own.CreateRepository();
        using var ada = await own.SignInAsync("ada");
        using var rita = await own.SignInAsync("rita");

        var writers = (await ada.OpenAsync("/_/set-up")).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ToList();
        var readers = (await rita.OpenAsync("/_/set-up")).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ToList();
        var strangers = await own.Site.OpenAsync("/_/set-up");

        own.GitHub.Faults.Add(new FaultRule { ErrorShare = 1, ErrorStatus = 500 });
        var down = (await ada.OpenAsync("/_/set-up")).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ToList();
        own.GitHub.Faults.Clear();

        down.ShouldContain("/");
        down.ShouldNotContain($"/{mine.FullName}/config");
        writers.ShouldContain($"/{mine.FullName}/config");
        readers.ShouldNotContain($"/{mine.FullName}/config");
        strangers.QuerySelector("main")!.TextContent.ShouldNotContain(mine.Name);
    }

    private static List<string> Links(IParentNode page) =>
        [.. page.QuerySelectorAll("a").Where(link => link.TextContent.Contains("Create on GitHub", StringComparison.Ordinal)).Select(link => link.GetAttribute("href")!)];

    private Repository Create(params (string Path, string Text)[] files)
    {
        var repository = house.CreateRepository();
        house.World.Push(repository, "main", house.Ada, "Files", files.ToDictionary(file => file.Path, string? (file) => file.Text));
        return repository;
    }
}
