using System.Text.Json.Serialization;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>A reference or an annotated tag, as far as where it points.</summary>
internal sealed record GitObject([property: JsonPropertyName("object")] GitObject.Pointee Target)
{
    internal sealed record Pointee(CommitSha Sha, string Type);
}
