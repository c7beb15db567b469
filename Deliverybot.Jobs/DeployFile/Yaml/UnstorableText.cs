namespace Deliverybot.Jobs.DeployFile.Yaml;

/// <summary>
/// Escapes such as <c>"\0"</c> can write what neither JSON in PostgreSQL
/// (<see href="https://www.postgresql.org/docs/current/datatype-json.html"/>) nor UTF-8 can hold.
/// </summary>
internal static class UnstorableText
{
    public static bool IsIn(string text)
    {
        var rest = text.AsSpan();
        if (rest.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            return rest.Contains('\0');
        }

        while (rest.Length > 0)
        {
            if (System.Text.Rune.DecodeFromUtf16(rest, out var rune, out var read) != System.Buffers.OperationStatus.Done || rune.Value == 0)
            {
                return true;
            }

            rest = rest[read..];
        }

        return false;
    }
}
