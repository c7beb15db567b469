using Deliverybot.Jobs.Links;
using Microsoft.Extensions.Options;

namespace Deliverybot.Jobs.Surfaces.Slack.Commands;

/// <summary>Our own pages that Slack is told of.</summary>
internal sealed class SlackPages(IOptions<PublicUrlOptions> options)
{
    public const string LinkPath = "/_/slack/link";

    public const string InstallPath = "/_/slack/install";

    public Uri Link => At(LinkPath);

    public Uri Install => At(InstallPath);

    private Uri At(string path) =>
        new(options.Value.PublicUrl ?? throw new InvalidOperationException("Deliverybot:PublicUrl is checked at the start."), path);
}
