using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Turns the bytes of a <c>deploy.yml</c> into text, without its byte order mark.</summary>
internal static class DeployFileText
{
    public const int MostBytes = 64 * 1024;

    /// <summary>What YAML calls non-printable; YamlDotNet would take U+0000 for the end of the file.</summary>
    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Append(0x7F).Select(code => (char)code).Except(['\t', '\n', '\r'])]);

    /// <returns><see langword="null"/> where an error says why there is no text.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes, DeployFileErrors errors)
    {
        if (bytes.Length > MostBytes)
        {
            var size = bytes.Length.ToString("N0", CultureInfo.InvariantCulture);
            errors.Add(YamlPosition.Start, NodePath.Root, $"is {size} bytes: 64 KiB (65,536 bytes) is the limit");
            return null;
        }

        var content = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (!Utf8.IsValid(content))
        {
            var sound = Encoding.UTF8.GetString(content[..FirstInvalid(content)]);
            errors.Add(YamlPosition.Of(sound, sound.Length), NodePath.Root, "isn't UTF-8 from here on: save the file as UTF-8");
            return null;
        }

        var text = Encoding.UTF8.GetString(content);
        var control = text.AsSpan().IndexOfAny(ControlCharacters);
        if (control >= 0)
        {
            var code = ((int)text[control]).ToString("X4", CultureInfo.InvariantCulture);
            errors.Add(YamlPosition.Of(text, control), NodePath.Root, $"holds the control character U+{code}, which YAML doesn't allow: remove it");
            return null;
        }

        return text;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var index = 0;
        while (Rune.DecodeFromUtf8(bytes[index..], out _, out var read) == OperationStatus.Done)
        {
            index += read;
        }

        return index;
    }
}
