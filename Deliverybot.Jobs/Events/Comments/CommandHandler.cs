using System.Globalization;
using System.Text;
using System.Text.Json;
using Deliverybot.Data.Deliveries;
using Deliverybot.Data.Installations;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Comments;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.PullRequests;
using Deliverybot.Jobs.Surfaces.PullRequests;
using Deliverybot.Jobs.Surfaces.Words;

namespace Deliverybot.Jobs.Events.Comments;

/// <summary>
/// Somebody has commented on a pull request. A command is answered by two reactions and, where there is something to say, one reply;
/// whoever may not write gets a thumb down and not a word. Processed again, it answers once.
/// </summary>
internal sealed class CommandHandler(
    KnownRepositories repositories, Admission admission, GitHubClients github, Conversations conversations, PullRequestCommands commands, TimeProvider time) : IDeliveryHandler
{
    public async Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var told = delivery.Read(EventJson.Default.IssueCommentEvent).Dated(delivery.ReceivedAt);
        if (!told.IsPersonsWord || CommandGrammar.Read(told.Comment.Body) is not { } reading)
        {
            return;
        }

        if (await repositories.SeeAsync(told.Repository.AsSeen(), delivery.InstallationId, cancellationToken) is { } repository)
        {
            await AnswerAsync(told, reading, repository, cancellationToken);
        }
    }

    private async Task AnswerAsync(
        IssueCommentEvent told, CommandReading reading, Repository repository, CancellationToken cancellationToken)
    {
        var client = github.Installation(repository.InstallationId).Repository(repository.FullName);
        var conversation = conversations.Of(repository, told.Issue.Number);
        var comment = new CommentId(told.Comment.Id);
        if (await admission.AskAsync(repository, EventAccount.UserOf(told.Comment.User), client, cancellationToken) is not { } actor)
        {
            await conversation.ReactAsync(comment, Reaction.ThumbsDown, cancellationToken);
            return;
        }

        // GitHub says whether we have given it before: then an earlier attempt may have come as far as the reply.
        var begun = await conversation.ReactAsync(comment, Reaction.Eyes, cancellationToken);
        var mark = CommentMark.OfAnswer(comment);
        var answered = begun == ReactionOutcome.ThereAlready
            ? await conversation.FindAsync(mark, told.Comment.CreatedAt, cancellationToken)
            : new CommentSearch.Missing();
        if (answered is CommentSearch.Found)
        {
            return;
        }

        var asked = time.GetUtcNow();
        if (await client.PullRequests.GetAsync(told.Issue.Number, cancellationToken) is not { } pull)
        {
            return;
        }

        var answer = await reading.Match(
            command => commands.AnswerAsync(
                new CommandContext(repository, pull, asked, comment, actor, OnceFor(comment)) { CommentsSince = conversation.SinceAsync }, command, cancellationToken),
            mistyped => Task.FromResult(CommandUsages.Of(mistyped)));
        await conversation.ReactAsync(comment, answer.Succeeded ? Reaction.Rocket : Reaction.Confused, cancellationToken);
        if (answer.Markdown is { } markdown && answered is CommentSearch.Missing)
        {
            await conversation.SayAsync(markdown, mark, cancellationToken);
        }
    }

    /// <summary>The comment is what is signed: whatever GUID it comes under, what it asks for is done once.</summary>
    private static WebhookDeliveryGuid OnceFor(CommentId comment) =>
        new(SignedDigest.Of(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"comment {comment}"))).Value);
}

/// <summary>Tells the few comments that are commands from all others, without asking anybody.</summary>
internal static class CommentSignal
{
    public static bool IsTalk(EnvelopeFields fields) => !MayBeCommand(fields);

    private static bool MayBeCommand(EnvelopeFields fields) =>
        Field(fields.Issue, "pull_request") is { ValueKind: JsonValueKind.Object }
        && EnvelopeFields.Text(Field(Field(fields.Comment, "user"), "type")) is not "Bot"
        && Field(fields.Comment, "performed_via_github_app") is not { ValueKind: JsonValueKind.Object }
        && CommandGrammar.Read(EnvelopeFields.Text(Field(fields.Comment, "body"))) is not null;

    private static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : default;
}
