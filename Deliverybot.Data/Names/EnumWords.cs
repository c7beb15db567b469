using System.Diagnostics.CodeAnalysis;

namespace Deliverybot.Data.Names;

/// <summary>Reads a member's name from others' text. <see cref="Enum.TryParse{TEnum}(string?, bool, out TEnum)"/> takes numbers, lists and blanks as well.</summary>
public static class EnumWords
{
    public static bool TryRead<T>([NotNullWhen(true)] string? text, out T value)
        where T : struct, Enum
    {
        value = default;
        return text is [var first, ..] && char.IsAsciiLetter(first) && text.All(char.IsAsciiLetterOrDigit) && Enum.TryParse(text, ignoreCase: true, out value);
    }
}
