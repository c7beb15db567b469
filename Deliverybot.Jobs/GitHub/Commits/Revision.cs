using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Commits;

/// <summary>
/// What GitHub takes where it asks for "a ref": a commit, or a branch or tag, whose name is given in full. By a short one GitHub may mean
/// a tag where we mean the branch that is called like it.
/// </summary>
internal readonly record struct Revision(string Value)
{
    public static implicit operator Revision(CommitSha sha) => new(sha.Value);

    public static implicit operator Revision(GitRef name) => new(name.Value);

    public override string ToString() => Value;
}
