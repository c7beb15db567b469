using Deliverybot.Data.Slack;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Engine;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Jobs.Surfaces.Slack.Grammar;
using Deliverybot.Jobs.Surfaces.Slack.Links;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Hangfire;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>
/// Carries out one command with its caller's own access, once: it is never repeated, and not begun when it is five minutes old.
/// It is told the numbers of the link and the command; the token is opened here and gone afterwards.
/// </summary>
[StoredAs("Deliverybot.Jobs.Slack.Commands.SlackCommandJob")]
internal sealed class SlackCommandJob(
    SlackRequests requests, LinkTokens tokens, SlackLinks links, SlackCommands commands, SlackPages pages, GitHubClients gitHub)
{
    [Urgent]
    [WorkOf(0)]
    [JobTitle("Slack command {1} of link {0}")]
    [AutomaticRetry(Attempts = 0)]
    public async Task RunAsync(long link, long request, CancellationToken cancellationToken)
    {
        switch (await requests.BeginAsync(request, cancellationToken))
        {
            case Begun.Now(var begun):
                await CarryOutAsync(link, begun, cancellationToken);
                break;
            case Begun.Before(var cutOff):
                await requests.AnswerAsync(cutOff, SlackAnswers.Interrupted(Shown(cutOff)), cancellationToken);
                break;
            case Begun.TooLate(var late):
                await requests.AnswerAsync(late, SlackAnswers.TooLate(Shown(late)), cancellationToken);
                break;
            case Begun.Gone:
                break;
        }
    }

    private async Task CarryOutAsync(long link, SlackRequest request, CancellationToken cancellationToken)
    {
        SlackAnswer answer;
        try
        {
            answer = await AnswerAsync(link, request, cancellationToken);
        }
        catch (TurnTakenException taken)
        {
            answer = SlackAnswers.Busy(ActResult.Busy(taken));
        }
        catch (RetryLaterException later)
        {
            answer = SlackAnswers.Unavailable(later.Reason);
        }
        catch (UserTokenEndedException)
        {
            await links.EndAsync(link, cancellationToken);
            answer = SlackAnswers.LinkEnded(pages.Link);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            await requests.AnswerAsync(request, SlackAnswers.Failed(Shown(request)), cancellationToken);
            throw;
        }

        await requests.AnswerAsync(request, answer, cancellationToken);
    }

    private async Task<SlackAnswer> AnswerAsync(long link, SlackRequest request, CancellationToken cancellationToken)
    {
        var access = await tokens.OpenAsync(link, cancellationToken);
        return await access.Match(
            granted => AnswerAsync(
                request,
                new SlackCaller(
                    granted.User, gitHub.User(granted.Token), new SlackChannel(request.TeamId, request.ChannelId), request.Command, SlackText.Plain(request.Text), link),
                cancellationToken),
            () => Task.FromResult(SlackAnswers.NotLinked(pages.Link)),
            () => Task.FromResult(SlackAnswers.LinkEnded(pages.Link)));
    }

    private Task<SlackAnswer> AnswerAsync(SlackRequest request, SlackCaller caller, CancellationToken cancellationToken) =>
        SlackGrammar.Read(request.Text).Match(
            command => commands.AnswerAsync(command, caller, cancellationToken),
            mistyped => Task.FromResult(SlackAnswers.Mistyped(mistyped, request.Command)));

    private static string Shown(SlackRequest request) => $"{request.Command} {request.Text}";
}
