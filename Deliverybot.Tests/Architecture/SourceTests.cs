using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Architecture;

public sealed partial class SourceTests
{
    private static readonly string[] Vague = ["Services", "Models", "Helpers", "Managers", "Utils", "Utilities", "Common", "Shared", "Misc"];

    [Fact]
    public void A_folder_is_a_feature() =>
        SourceTree.Folders
            .Where(folder => Vague.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase))
            .Select(SourceTree.ShortName)
            // Razor looks for layouts and partials there.
            .ShouldBe(["Deliverybot.Site/Pages/Shared"]);

    [Fact]
    public void A_type_is_no_manager_and_no_helper() =>
        SourceTree.Product.Where(file => VagueType.IsMatch(Path.GetFileNameWithoutExtension(file)))
            .Select(SourceTree.ShortName)
            // A tag helper is Razor's word.
            .Where(file => !file.EndsWith("TagHelper.cs", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void The_time_comes_from_a_TimeProvider() => Find(SystemClock, SourceTree.Product).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_to_be_done_later() => Find(Unfinished, SourceTree.Files).ShouldBeEmpty();

    [Fact]
    public void Nothing_is_hidden_in_a_region() => Find(Region, SourceTree.Product).ShouldBeEmpty();

    /// <summary>As `dotnet format` puts them. The rest of the form is told by the build and by `dotnet format whitespace`, which are quicker by far.</summary>
    [Fact]
    public void Usings_stand_in_order() =>
        SourceTree.Files
            .Where(file => Path.GetExtension(file) == ".cs" && !Generated.IsMatch(SourceTree.ShortName(file)))
            .Where(file => Usings(file) is var usings && !usings.SequenceEqual(usings.OrderBy(PlaceOf).ThenBy(NameOf, StringComparer.OrdinalIgnoreCase)))
            .Select(SourceTree.ShortName)
            .ShouldBeEmpty();

    /// <summary>The compiler asks for the turn where something is written by the parts that take one; here is that nobody writes beside them.</summary>
    [Fact]
    public void How_an_environment_stands_is_written_in_its_turn() =>
        SourceTree.Product
            .Where(file => WritesOfEnvironments.IsMatch(File.ReadAllText(file)) && !TakesTurn.IsMatch(File.ReadAllText(file)))
            .Select(SourceTree.ShortName)
            .ShouldBeEmpty();

    [Fact]
    public void Statements_on_Hangfires_tables_stand_in_one_file() =>
        SourceTree.Product.Where(file => HangfireStatement.IsMatch(File.ReadAllText(file))).Select(SourceTree.ShortName).ShouldBe(["Deliverybot.Jobs/Engine/HangfireTables.cs"]);

    [Theory]
    [InlineData("Deliverybot.Data", "DataRegistration.cs", "DeliverybotContext.cs")]
    [InlineData("Deliverybot.Jobs", "JobsRegistration.cs")]
    [InlineData("Deliverybot.Site", "Program.cs", "SiteApplication.cs", "SiteHost.cs")]
    [InlineData("Deliverybot.Sandbox", "AppCredentials.cs", "Program.cs", "SandboxRoutes.cs", "SandboxServer.cs", "SandboxServerOptions.cs")]
    [InlineData("Deliverybot.Tests")]
    public void The_root_of_a_project_holds_what_puts_it_together(string project, params string[] files) =>
        SourceTree.Files
            .Where(file => Path.GetExtension(file) == ".cs" && SourceTree.ShortName(Path.GetDirectoryName(file)!) == project)
            .Select(Path.GetFileName)
            .ShouldBe(files, ignoreOrder: true);

    private static IEnumerable<string> Find(Regex what, IEnumerable<string> files) =>
        from file in files
        from line in File.ReadLines(file).Index()
        where what.IsMatch(line.Item)
        select $"{SourceTree.ShortName(file)}:{line.Index + 1}";

    private static List<string> Usings(string file) =>
        [.. File.ReadLines(file).TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal)).Where(line => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';'))];

    private static int PlaceOf(string line) =>
        line.Contains('=', StringComparison.Ordinal) ? 3
        : line.StartsWith("using static ", StringComparison.Ordinal) ? 2
        : NameOf(line) is "System" || NameOf(line).StartsWith("System.", StringComparison.Ordinal) ? 0
        : 1;

    /// <returns>Of the namespace or the type; where it is given another name, that one.</returns>
    private static string NameOf(string line) => line.Contains('=', StringComparison.Ordinal) ? line.Split(' ')[1] : line.TrimEnd(';').Split(' ')[^1];

    [GeneratedRegex("^migrations/.*(_|Snapshot)")]
    private static partial Regex Generated { get; }

    [GeneratedRegex("(Manager|Helper|Util|Utils|Base|Common|Service)$")]
    private static partial Regex VagueType { get; }

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex SystemClock { get; }

    // Written so that this file doesn't find itself.
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|XX[X]|HAC[K])\b")]
    private static partial Regex Unfinished { get; }

    [GeneratedRegex(@"\.State = (?!EntityState)|=> \w+\.State, |\.Locks\.(Add|Remove)\(|\b(Deployments|Locks)\b[^;{]*\.Execute(Update|Delete)Async|\bupdate (deployments|environment_locks)\b")]
    private static partial Regex WritesOfEnvironments { get; }

    [GeneratedRegex(@"\bTurn turn\b|\bTurn\.(Take|Await)Async\(|\bpg_try_advisory_xact_lock\(hashtextextended\(environment_key, repository_id\)\)")]
    private static partial Regex TakesTurn { get; }

    [GeneratedRegex(@"\b(from|join|update|into) hangfire\.")]
    private static partial Regex HangfireStatement { get; }

    [GeneratedRegex(@"^\s*#region\b")]
    private static partial Regex Region { get; }
}
