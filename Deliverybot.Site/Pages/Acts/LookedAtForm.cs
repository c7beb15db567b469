using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>Reads the branch or tag that a commit was looked at on.</summary>
internal static class LookedAtForm
{
    /// <summary>A branch by its short name, or any ref whole; null where none was sent.</summary>
    public static GitRef? Read(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : text.StartsWith("refs/", StringComparison.Ordinal) ? new GitRef(text) : GitRef.Branch(text);
}
