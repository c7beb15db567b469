using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Markup;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>What came of an act, as a reply. What is under way is told by the target's own comment.</summary>
internal static class CommandReply
{
    /// <param name="all">With where each is told of, if it isn't seen from the command.</param>
    public static CommandAnswer Of(ActCommand command, IReadOnlyList<(ActResult Result, string? ToldAt)> all, GitHubUser by)
    {
        var said = all.Select(one => TextOf(command, one.Result, by, OutOfSight.Say(one.ToldAt))).OfType<string>().ToList();
        return new CommandAnswer(
            all.All(one => one.Result.End is ActEnd.UnderWay or ActEnd.Waits or ActEnd.Done or ActEnd.Already or ActEnd.Nothing),
            said switch
            {
                [] => null,
                [var only] => only,
                _ => string.Join('\n', said.Select(text => $"- {text}")),
            });
    }

    /// <returns>Null where there is nothing to say.</returns>
    private static string? TextOf(ActCommand command, ActResult result, GitHubUser by, string? where)
    {
        if (where is null && result is { End: ActEnd.UnderWay, Sentence.IsEmpty: true, Hints: [] } or { End: ActEnd.Waits })
        {
            return null;
        }

        var sign = result.End is ActEnd.UnderWay or ActEnd.Done && command.Sign is { } before ? $"{before} " : "";
        return $"{sign}{result.Say(NameOf, GitHubMarkdown.Plain)}{string.Concat(result.Hints.Select(hint => hint.Say(new HintWords(result, by))))}{(where is null ? "" : $" {where}")}";
    }

    private static string NameOf(string name, Uri? address) => GitHubMarkdown.Link(GitHubMarkdown.Code(name), address?.AbsoluteUri) ?? GitHubMarkdown.Code(name);

    /// <summary>They go on after the answer.</summary>
    private sealed class HintWords(ActResult result, GitHubUser by) : IHintWords<string>
    {
        public string Of(ActHint.Force hint) => " To deploy nevertheless, add `force`.";

        public string Of(ActHint.Wait hint) => " To let it go out once it may, add `wait`.";

        public string Of(ActHint.LockedBySomebody hint) => $" {Unlock(hint.Environment)} ends the lock.";

        public string Of(ActHint.Unlock hint) => result.End != ActEnd.Done
            ? $" {Unlock(hint.Environment)} ends the lock."
            : $"\n\nIt ends{(hint.Until is null ? "" : " at that time,")} with {Unlock(hint.Environment)}, or when this pull request is merged or closed. Until then {GitHubMarkdown.Plain(by.ToString())} may deploy there; everything else waits or is refused.";

        public string Of(ActHint.LetGo hint) => $"\n\n{Unlock(hint.Environment)} lets automatic deployments go on.";

        public string Of(ActHint.GoesOn hint) => $" {GitHubMarkdown.Plain(hint.What)}";

        public string Of(ActHint.TryLater hint) => " Please try again later.";

        public string Of(ActHint.DeployBefore hint) => $" {GitHubMarkdown.Code($"/deploy {ArgumentGrammar.Written(hint.Target.Value)} {hint.Sha.Short}")} brings it there.";

        public string Of(ActHint.LookAt hint) => GitHubMarkdown.Link(GitHubMarkdown.Plain(hint.What), hint.Address?.AbsoluteUri) is { } link ? $" {link}." : "";

        public string Of(ActHint.Next hint) => $" {GitHubMarkdown.Plain(hint.Step)}";

        private static string Unlock(EnvironmentName environment) => GitHubMarkdown.Code($"/unlock {ArgumentGrammar.Written(environment.Value)}");
    }
}
