namespace Deliverybot.Sandbox.World;

/// <summary>A tag object, which a ref under <c>refs/tags/</c> points to instead of a commit.</summary>
public sealed record AnnotatedTag(string Sha, string Name, string TargetSha, string Message, Account Tagger, DateTimeOffset Date);
