using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Markup;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>What came of an act, as a reply. What is under way is told by the target's own comment.</summary>
internal static class CommandReply
{
    public static CommandAnswer Of(ActCommand command, IReadOnlyList<ActResult> results, GitHubUser by)
    {
        var said = results.Select(result => TextOf(command, result, by)).OfType<string>().ToList();
        return new CommandAnswer(
            results.All(result => result.End is ActEnd.UnderWay or ActEnd.Done or ActEnd.Already or ActEnd.Nothing),
            said switch
            {
                [] => null,
                [var only] => only,
                _ => string.Join('\n', said.Select(text => $"- {text}")),
            });
    }

    /// <returns>Null where there is nothing to say.</returns>
    private static string? TextOf(ActCommand command, ActResult result, GitHubUser by)
    {
        if (result is { End: ActEnd.UnderWay, Hints: [] })
        {
            return null;
        }

        var sign = result.End is ActEnd.UnderWay or ActEnd.Done && command.Sign is { } before ? $"{before} " : "";
        return $"{sign}{result.Say(NameOf, GitHubMarkdown.Plain)}{string.Concat(result.Hints.Select(hint => HintOf(hint, result, by)))}";
    }

    private static string NameOf(string name, Uri? address) => GitHubMarkdown.Link(GitHubMarkdown.Code(name), address?.AbsoluteUri) ?? GitHubMarkdown.Code(name);

    private static string HintOf(ActHint hint, ActResult result, GitHubUser by) => hint switch
    {
        ActHint.Force => " To deploy nevertheless, add `force`.",
        ActHint.LockedBySomebody => " `/unlock` with the environment's name ends the lock.",
        ActHint.Unlock(var environment, var until) when result.End == ActEnd.Done =>
            $"\n\nIt ends{(until is null ? "" : " at that time,")} with {Unlock(environment)}, or when this pull request is merged or closed. Until then {GitHubMarkdown.Plain(by.ToString())} may deploy there; everything else waits or is refused.",
        // Somebody else's: the sentence says it.
        ActHint.Unlock => "",
        ActHint.LetGo(var environment) => $"\n\n{Unlock(environment)} lets automatic deployments go on.",
        ActHint.GoesOn => " Targets that wait for a promotion may go on with it.",
        ActHint.TryLater => " Please try again later.",
        _ => throw new InvalidOperationException($"A hint that is {hint} has no meaning here."),
    };

    private static string Unlock(EnvironmentName environment) => GitHubMarkdown.Code($"/unlock {ArgumentGrammar.Written(environment.Value)}");
}
