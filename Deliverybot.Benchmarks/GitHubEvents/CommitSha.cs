using System.Security.Cryptography;
using System.Text;

namespace Deliverybot.Benchmarks.GitHubEvents;

/// <summary>A commit's full sha: forty hexadecimal digits.</summary>
internal readonly record struct CommitSha(string Value)
{
    public static CommitSha None { get; } = new(new string('0', 40));

    // Derived from the name, so that the stand-in GitHub can resolve a branch without being told of it.
    public static CommitSha HeadOf(long repositoryId, string branch) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{repositoryId}/{branch}")))[..40]);

    public static bool IsFull(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);

    public override string ToString() => Value;
}
