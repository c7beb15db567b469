using Superpower;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>Its repository is the channel's from now on.</summary>
internal sealed record DefaultCommand : Command
{
    public static IReadOnlyList<CommandUsage> Usages { get; } =
    [
        new(CommandSurface.Slack, "default", "owner/repo", "names the repository that this channel means when none is named")
        {
            Needs = "a repository, as owner/repo",
            Right = CommandRight.Read,
            Example = "default acme/shop",
            Parser = RepositoryGrammar.Repository.Select(name => (Command)new DefaultCommand { Repository = name }),
        },
    ];
}
