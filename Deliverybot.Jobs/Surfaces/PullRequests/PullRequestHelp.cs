using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Deliverybot.Jobs.Markup;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary><c>/deploy help</c>: which targets there are, and what each would do now.</summary>
internal sealed class PullRequestHelp(DeployFiles deployFiles, Preview preview, CommitLinks commits)
{
    public async Task<CommandAnswer> AnswerAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var file = await deployFiles.AskAsync(context.GitHub, at: null, cancellationToken);
        if (file is DeployFileState.Workflow)
        {
            return CommandAnswer.Refused(GitHubMarkdown.Plain(DeployFiles.Workflow));
        }

        if (file is not DeployFileState.Valid valid)
        {
            return CommandAnswer.Refused($"{GitHubMarkdown.Plain(file.Fault)} {DeployFileState.Consequence}\n\n{Commands()}");
        }

        if (!context.Pull.IsOpen)
        {
            return CommandAnswer.Done($"{GitHubMarkdown.Plain(MissingPullRequests.OverWords(context.Pull))}, so its commits are not deployed any more.\n\n{Commands()}");
        }

        var question = new ProspectQuestion
        {
            Repository = context.Repository,
            Sha = context.Pull.Head.Sha,
            Ref = context.Pull.IsFromFork ? null : GitRef.Branch(context.Pull.Head.Branch),
            By = context.Actor.By,
            PullRequest = context.Pull.Number,
        };
        var all = await preview.OfPersonAsync(question, valid.Targets, context.GitHub, cancellationToken);
        return CommandAnswer.Done($"{Table(context, all)}\n{Commands()}");
    }

    private string Table(CommandContext context, IReadOnlyList<Prospect> all)
    {
        if (all is [])
        {
            return $"`{DeployFiles.Path}` has no targets yet.\n";
        }

        var head = commits.Of(context.Repository.FullName, context.Pull.Head.Sha);
        return $"{head} is the head of this pull request. This is what `/deploy` would do with it now:\n\n| Target | Environment | Now |\n| --- | --- | --- |\n"
            + string.Concat(all.Select(prospect => Row(context, prospect)));
    }

    private static string Row(CommandContext context, Prospect prospect) =>
        $"| {GitHubMarkdown.Code(prospect.Target.Name.Value, inTable: true)} | {GitHubMarkdown.Code(prospect.Environment.Value, inTable: true)} | {Now(context, prospect)} |\n";

    private static string Now(CommandContext context, Prospect prospect) => prospect switch
    {
        _ when context.Pull.IsFromFork && !prospect.Target.Forks => "🚫 This pull request comes from a fork, and the target doesn't say `forks: true`.",
        { Fault: { } fault } => $"🚫 {GitHubMarkdown.Plain(fault)}",
        { Decision.Stopped: { Gate: GateNames.Lock, Reason: var reason } } => $"🔒 {GitHubMarkdown.Plain(reason)}",
        { Decision.Stopped.Reason: var reason } => $"{(prospect.YieldsToForce ? "⏳" : "🚫")} {GitHubMarkdown.Plain(reason)}",
        _ when context.Pull.IsFromFork =>
            $"✅ Ready, if the commit is named: {GitHubMarkdown.Code($"/deploy {ArgumentGrammar.Written(prospect.Target.Name.Value)} {context.Pull.Head.Sha.Short}", inTable: true)}",
        { Hold: { IsEmpty: false } hold } => $"✅ Ready. {GitHubMarkdown.Plain(hold)}",
        _ => "✅ Ready",
    };

    private static string Commands() =>
        $"<details><summary>All commands</summary>\n\n{CommandUsages.Table()}\n</details>";
}
