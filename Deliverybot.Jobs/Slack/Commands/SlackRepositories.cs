using Deliverybot.Data;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Jobs.Installations;
using Deliverybot.Jobs.Slack.Messages;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Jobs.Slack.Commands;

/// <summary>Finds the repository that a command means, and asks GitHub, as the caller, what the caller may do there: each time anew.</summary>
internal sealed class SlackRepositories(DeliverybotContext db, RepositoryFinder finder)
{
    public Task<RepositoryChoice> ToReadAsync(RepositoryName? named, SlackCaller caller, CancellationToken cancellationToken) =>
        FindAsync(named, caller, write: false, cancellationToken);

    public Task<RepositoryChoice> ToWriteAsync(RepositoryName? named, SlackCaller caller, CancellationToken cancellationToken) =>
        FindAsync(named, caller, write: true, cancellationToken);

    /// <summary>For all commands of a channel that name no repository.</summary>
    public async Task SetDefaultAsync(SlackChannel channel, RepositoryId repository, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into slack_channel_defaults (team_id, channel_id, repository_id) values ({channel.TeamId}, {channel.ChannelId}, {repository.Value})
             on conflict (team_id, channel_id) do update set repository_id = excluded.repository_id
             """,
            cancellationToken);

    private async Task<RepositoryChoice> FindAsync(RepositoryName? named, SlackCaller caller, bool write, CancellationToken cancellationToken)
    {
        if ((named ?? await DefaultAsync(caller.Channel, cancellationToken)) is not { } name)
        {
            return Refused(
                Mrkdwn.Of($":grey_question: Which repository?"),
                "This channel has no default repository yet.",
                Mrkdwn.Of($"Name it, as {"owner/repo"}, or set one for the channel: {$"{caller.Command} default owner/repo"}"));
        }

        var client = caller.GitHub.Repository(name);
        if (await client.GetAsync(cancellationToken) is not { } info)
        {
            return Refused(
                named is null ? Mrkdwn.Of($":no_entry: {caller.Login} can't see this channel's repository") : Mrkdwn.Of($":no_entry: {caller.Login} can't see {name}"),
                "There is no such repository, or your GitHub account can't see it.",
                Mrkdwn.Of($"Check the name, or ask its owners for access."));
        }

        if (write && (info.Permission < RepositoryPermission.Write || info.Archived))
        {
            return Refused(
                Mrkdwn.Of($":no_entry: {caller.Login} may only read {info.Name}"),
                info.Archived ? "The repository is archived." : "This needs write access to the repository at GitHub.",
                Mrkdwn.Of($"{$"{caller.Command} status {info.Name}"} works for you."));
        }

        return await finder.EnsureAsync(info, caller.GitHub, cancellationToken)
            ? new RepositoryChoice.Found(info, caller.GitHub.Repository(info.Name))
            : Refused(
                Mrkdwn.Of($":no_entry: Nothing can be deployed from {info.Name}"),
                "Deliverybot is not installed on this repository.",
                Mrkdwn.Of($"Its owners install the App at GitHub."));
    }

    private async Task<RepositoryName?> DefaultAsync(SlackChannel channel, CancellationToken cancellationToken)
    {
        var found = await db.SlackChannelDefaults
            .Where(row => row.TeamId == channel.TeamId && row.ChannelId == channel.ChannelId)
            .Join(db.Repositories, row => row.RepositoryId, repository => repository.Id, (_, repository) => repository)
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        return found?.FullName;
    }

    private static RepositoryChoice.Refused Refused(Mrkdwn headline, string reason, Mrkdwn note) => new(SlackAnswer.Refusal(headline, reason, note));
}
