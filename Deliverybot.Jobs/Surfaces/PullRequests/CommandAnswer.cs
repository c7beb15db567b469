namespace Deliverybot.Jobs.Surfaces.PullRequests;

/// <summary>What a person is told.</summary>
/// <param name="Succeeded">Whether all was done that was asked for.</param>
/// <param name="Markdown">The reply; null where the comment of the target says it.</param>
internal sealed record CommandAnswer(bool Succeeded, string? Markdown)
{
    public static CommandAnswer Done(string? markdown = null) => new(true, markdown);

    public static CommandAnswer Refused(string markdown) => new(false, markdown);
}
