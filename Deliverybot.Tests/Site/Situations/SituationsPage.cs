using Deliverybot.Sandbox.Processes;
using Shouldly;

namespace Deliverybot.Tests.Site.Situations;

/// <summary><c>docs/situations.md</c>: what was read, as a table. With <see cref="Setting"/> set it is written anew.</summary>
internal static class SituationsPage
{
    public const string Setting = "DELIVERYBOT_SITUATIONS";

    private const string Begin =
        $"""
         # Situations

         How a commit stands is told in seven places. Here is what each of them says in each situation, as a test has played and read it
         (`SituationsTests`). It holds, too, that the state, what stands in its way, and who keeps the environment are the same in each. What
         can be done stands as buttons on the pages of the deployment and the commit, and every other place has a link to the former.

         A, B and C are commits in the order of their pushes; the one in bold is meant. A dash: the place says nothing of it. An environment
         tells only of what is there, comes, has failed or was not approved; a commit status only of what follows events, and has waited or
         ended. It has words for less: what was there once has succeeded, whatever comes.

         After a change, write this page anew with `{Setting}=1 dotnet run --project Deliverybot.Tests -- -class "*SituationsTests"`.
         """;

    private static readonly string[] Truth = ["Situation", "It is", "Because", "Kept as it is", "To do"];

    private static string File => RepositoryFolder.Of("docs", "situations.md");

    public static void ShouldBe(IReadOnlyList<(Situation Situation, IReadOnlyDictionary<string, Told> Read)> played)
    {
        var text = Of(played);
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 })
        {
            System.IO.File.WriteAllText(File, text);
        }

        System.IO.File.ReadAllText(File).ReplaceLineEndings("\n").ShouldBe(text);
    }

    private static string Of(IReadOnlyList<(Situation Situation, IReadOnlyDictionary<string, Told> Read)> played)
    {
        List<string> heads = [.. Truth, .. Places.All];
        return $"{Begin.ReplaceLineEndings("\n")}\n\n{Row(heads)}{Row(heads.Select(_ => "---"))}{string.Concat(played.Select(one => Row(Cells(one.Situation, one.Read))))}";
    }

    private static IEnumerable<string> Cells(Situation situation, IReadOnlyDictionary<string, Told> read) =>
    [
        Bold(situation),
        situation.State,
        situation.Because ?? "",
        situation.Kept ?? "",
        string.Join(", ", situation.Next),
        .. Places.All.Select(place => read[place].State ?? "–"),
    ];

    private static string Bold(Situation situation)
    {
        var letter = situation.Commit.ToString();
        var at = Array.FindIndex(situation.Name.Split(' '), word => word.Trim(',') == letter);
        return string.Join(' ', situation.Name.Split(' ').Select((word, index) => index == at ? $"**{letter}**{word[1..]}" : word));
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
