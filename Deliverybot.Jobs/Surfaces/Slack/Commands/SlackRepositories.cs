using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Core.Repositories;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.Surfaces.Slack.Messages;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>Finds the repository that a command means, and asks GitHub, as the caller, what the caller may do there: each time anew.</summary>
internal sealed class SlackRepositories(DeliverybotContext db, RepositoryFinder finder, Admission admission)
{
    /// <param name="named">The repository; null for the channel's.</param>
    /// <param name="show">What is answered where the caller may look.</param>
    public async Task<SlackAnswer> LookAsync(
        RepositoryName? named, SlackCaller caller, Func<RepositoryInfo, Task<SlackAnswer>> show, CancellationToken cancellationToken)
    {
        if ((named ?? await DefaultAsync(caller.Channel, cancellationToken)) is not { } name)
        {
            return Unnamed(caller);
        }

        if (await caller.GitHub.Repository(name).GetAsync(cancellationToken) is not { } info)
        {
            return Hidden(named, caller);
        }

        return await finder.EnsureAsync(info, caller.GitHub, cancellationToken)
            ? await show(info)
            : SlackReply.Refusal(Admission.NotInstalled, info.Name, caller);
    }

    /// <param name="named">The repository; null for the channel's.</param>
    /// <param name="act">What is done where the caller may write.</param>
    public async Task<SlackAnswer> ActAsync(
        RepositoryName? named, SlackCaller caller, Func<RepositoryInfo, Actor, Task<SlackAnswer>> act, CancellationToken cancellationToken) =>
        (named ?? await DefaultAsync(caller.Channel, cancellationToken)) is not { } name
            ? Unnamed(caller)
            : await (await admission.AskAsync(name, caller.User, caller.GitHub, cancellationToken)).Match(
                hidden: () => Task.FromResult(Hidden(named, caller)),
                refused: (info, result) => Task.FromResult(SlackReply.Refusal(result, info.Name, caller)),
                may: act);

    /// <summary>For all commands of a channel that name no repository.</summary>
    public async Task SetDefaultAsync(SlackChannel channel, RepositoryId repository, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into slack_channel_defaults (team_id, channel_id, repository_id) values ({channel.TeamId}, {channel.ChannelId}, {repository.Value})
             on conflict (team_id, channel_id) do update set repository_id = excluded.repository_id
             """,
            cancellationToken);

    private static SlackAnswer Unnamed(SlackCaller caller) => SlackAnswer.Refusal(
        Mrkdwn.Of($":grey_question: Which repository?"),
        "This channel has no default repository yet.",
        Mrkdwn.Of($"Name it, as {"owner/repo"}, or set one for the channel: {$"{caller.Command} default owner/repo"}"));

    private static SlackAnswer Hidden(RepositoryName? named, SlackCaller caller) => SlackAnswer.Refusal(
        named is { } name ? Mrkdwn.Of($":no_entry: {caller.User} can't see {name}") : Mrkdwn.Of($":no_entry: {caller.User} can't see this channel's repository"),
        "There is no such repository, or your GitHub account can't see it.",
        Mrkdwn.Of($"Check the name, or ask its owners for access."));

    private async Task<RepositoryName?> DefaultAsync(SlackChannel channel, CancellationToken cancellationToken)
    {
        var found = await db.SlackChannelDefaults
            .Where(row => row.TeamId == channel.TeamId && row.ChannelId == channel.ChannelId)
            .Join(db.Repositories, row => row.RepositoryId, repository => repository.Id, (_, repository) => repository)
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        return found?.FullName;
    }
}
