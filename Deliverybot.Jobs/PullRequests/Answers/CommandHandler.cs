using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Commands;
using Deliverybot.Jobs.Deliveries;
using Deliverybot.Jobs.Deliveries.Events;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.Installations;
using Deliverybot.Jobs.PullRequests.Comments;

namespace Deliverybot.Jobs.PullRequests.Answers;

/// <summary>
/// Somebody has commented on a pull request. A command is answered by two reactions and, where there is something to say, one reply;
/// whoever may not write gets a thumb down and not a word. Processed again, it answers once.
/// </summary>
internal sealed class CommandHandler(
    RepositoryBook repositories, GitHubClients github, Conversations conversations, CommandAnswers answers, TimeProvider time) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.IssueCommentEvent);
        if (!told.IsPersonsWord || CommandGrammar.Read(told.Comment.Body) is var reading && reading is CommandReading.Other)
        {
            return;
        }

        if (await repositories.SeeAsync(told.Repository, delivery.InstallationId, cancellationToken) is { } repository)
        {
            await AnswerAsync(told, reading, repository, delivery.Guid, cancellationToken);
        }
    }

    private async Task AnswerAsync(
        IssueCommentEvent told, CommandReading reading, Repository repository, WebhookDeliveryGuid delivery, CancellationToken cancellationToken)
    {
        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        var conversation = conversations.Of(repository, told.Issue.Number);
        var comment = new CommentId(told.Comment.Id);
        var by = new GitHubLogin(told.Comment.User!.Login);
        if (await client.Collaborators.PermissionOfAsync(by, cancellationToken) < RepositoryPermission.Write)
        {
            await conversation.ReactAsync(comment, Reaction.ThumbsDown, cancellationToken);
            return;
        }

        // GitHub says whether we have given it before: then an earlier attempt may have come as far as the reply.
        var begun = await conversation.ReactAsync(comment, Reaction.Eyes, cancellationToken);
        var mark = CommentMark.OfAnswer(comment);
        if (begun == ReactionOutcome.ThereAlready
            && await conversation.FindAsync(mark, told.Comment.CreatedAt, cancellationToken) is not null)
        {
            return;
        }

        var asked = time.GetUtcNow();
        if (await client.PullRequests.GetAsync(told.Issue.Number, cancellationToken) is not { } pull)
        {
            return;
        }

        var answer = reading switch
        {
            CommandReading.Whole(var command) =>
                await answers.AnswerAsync(new CommandContext(repository, pull, asked, by, delivery, client), command, cancellationToken),
            CommandReading.Mistyped mistyped => CommandUsages.Of(mistyped),
            _ => throw new InvalidOperationException($"What is {reading} is not answered."),
        };
        await conversation.ReactAsync(comment, answer.Succeeded ? Reaction.Rocket : Reaction.Confused, cancellationToken);
        if (answer.Markdown is { } markdown)
        {
            await conversation.SayAsync(markdown, mark, cancellationToken);
        }
    }
}
