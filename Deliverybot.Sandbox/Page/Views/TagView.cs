using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>A tag, and whether it was released.</summary>
public sealed record TagView(string Name, string Short, bool Released)
{
    internal static IReadOnlyList<TagView> AllOf(Repository repository) =>
        [.. repository.Tags.Select(tag => new TagView(
            tag.Key,
            repository.Objects.Peel(tag.Value).Sha[..7],
            repository.Releases.Exists(release => release.TagName == tag.Key)))];
}
