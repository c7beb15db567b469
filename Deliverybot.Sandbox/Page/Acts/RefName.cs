using System.Text.RegularExpressions;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>What git takes as the name of a branch or tag: <see href="https://git-scm.com/docs/git-check-ref-format"/>.</summary>
internal static partial class RefName
{
    private const int Longest = 200;

    /// <returns>What is wrong with it; null: nothing.</returns>
    public static string? FaultOf(string name) =>
        name.Length == 0 ? "It needs a name."
        : name.Length > Longest ? $"Its name is longer than {Longest} characters."
        : Refused.IsMatch(name) ? $"Git takes no branch or tag called “{name}”: letters, digits, - . _ and / are safe."
        : null;

    [GeneratedRegex(@"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/@]|(^|/)\.|(\.|/|\.lock)$|\.lock/")]
    private static partial Regex Refused { get; }
}
