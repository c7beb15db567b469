using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>What GitHub takes where it asks for "a ref": a commit, or a branch or tag in short.</summary>
internal readonly record struct Revision(string Value)
{
    public static implicit operator Revision(CommitSha sha) => new(sha.Value);

    public static implicit operator Revision(GitRef name) => new(name.ShortName);

    public override string ToString() => Value;
}
