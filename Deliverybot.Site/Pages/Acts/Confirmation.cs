using System.Security.Cryptography;
using System.Text;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>What is asked once before it is done. A form of ours asks for it; one that doesn't is carried out at once.</summary>
/// <param name="Title">The question's beginning, as a name: "Roll back production".</param>
/// <param name="Consequences">What will come of it, as things stand now.</param>
/// <param name="Button">What the answer yes is called.</param>
internal sealed record Confirmation(string Title, IReadOnlyList<string> Consequences, string Button)
{
    /// <summary>
    /// The field by which a form of ours wants to be asked about what isn't plain. The answer sends the <see cref="Digest"/> in it, so that it
    /// is asked once more where something else would come of it by then.
    /// </summary>
    public const string Field = "ask";

    private const int DigestLength = 16;

    /// <summary>The field for why.</summary>
    public const string Reason = "reason";

    /// <summary>Names what is told.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [Title, .. Consequences]))))[..DigestLength];

    public static bool IsDigest(string text) => text.Length == DigestLength && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Where the commits are that would come and go; null where none would.</summary>
    public string? Difference { get; init; }

    /// <summary>What the answer depends on, so that nothing else is done than was asked about.</summary>
    public IReadOnlyDictionary<string, string> Fixed { get; init; } = new Dictionary<string, string>();
}
