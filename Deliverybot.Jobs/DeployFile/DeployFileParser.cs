using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>Reads <c>.github/deploy.yml</c>. Pure: the same bytes always mean the same.</summary>
internal static class DeployFileParser
{
    /// <summary>Reads the file, whatever its bytes are; all errors are reported at once.</summary>
    /// <param name="bytes">As they are in the repository.</param>
    /// <param name="owner">The account that has the repository; null where a file is read for its own sake.</param>
    public static DeployFileResult Parse(ReadOnlyMemory<byte> bytes, string? owner = null)
    {
        var errors = new DeployFileErrors();
        var text = DeployFileText.Decode(bytes.Span, errors);
        var root = text is null ? null : new YamlComposer(text, errors).Compose();
        if (root is null && errors.Count == 0)
        {
            errors.Add(YamlPosition.Start, NodePath.Root, TargetsReader.Empty);
        }

        var reader = new TargetsReader(text ?? "", errors, owner);
        var targets = root is null ? [] : reader.Read(root);
        return errors.Count switch
        {
            0 => new DeployFileResult.Valid(new DeployTargets(targets) { Rules = reader.Rules }),
            _ when text is not null && WorkflowFile.Is(root, text) => new DeployFileResult.Workflow(),
            _ => new DeployFileResult.Invalid(errors.InOrder()),
        };
    }
}

/// <summary>What a <c>deploy.yml</c> says, or everything that is wrong with it. Immutable, so it may be cached by blob sha.</summary>
internal abstract record DeployFileResult
{
    private DeployFileResult()
    {
    }

    /// <summary>What it means for a repository that has it.</summary>
    public DeployFileState State => Match<DeployFileState>(
        targets => new DeployFileState.Valid(targets), errors => new DeployFileState.Invalid(errors), () => new DeployFileState.Workflow());

    public abstract T Match<T>(Func<DeployTargets, T> valid, Func<IReadOnlyList<DeployFileError>, T> invalid, Func<T> workflow);

    public sealed record Valid(DeployTargets Targets) : DeployFileResult
    {
        public override T Match<T>(Func<DeployTargets, T> valid, Func<IReadOnlyList<DeployFileError>, T> invalid, Func<T> workflow) => valid(Targets);
    }

    /// <summary>The file can't be used; the errors are in the order of the file and there is at least one.</summary>
    public sealed record Invalid(IReadOnlyList<DeployFileError> Errors) : DeployFileResult
    {
        public override T Match<T>(Func<DeployTargets, T> valid, Func<IReadOnlyList<DeployFileError>, T> invalid, Func<T> workflow) => invalid(Errors);
    }

    /// <summary>It is a GitHub Actions workflow, and nobody meant it for us.</summary>
    public sealed record Workflow : DeployFileResult
    {
        public override T Match<T>(Func<DeployTargets, T> valid, Func<IReadOnlyList<DeployFileError>, T> invalid, Func<T> workflow) => workflow();
    }
}

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

/// <summary>
/// Tells a GitHub Actions workflow, which thousands of repositories have in this place, from a faulty file of ours: it has
/// <c>jobs</c>, and either <c>on</c> or a job such as only a workflow has. What is sound as ours is never one.
/// </summary>
internal static partial class WorkflowFile
{
    private const string Jobs = "jobs";

    /// <summary>Keys of a job that no target has: <see href="https://docs.github.com/actions/reference/workflow-syntax-for-github-actions"/>.</summary>
    private static readonly string[] JobKeys = ["runs-on", "steps", "uses"];

    /// <param name="root">The file, as far as it could be read.</param>
    /// <param name="text">Its text, by which a file that is no YAML is judged.</param>
    public static bool Is(YamlNode? root, string text) => root switch
    {
        YamlNode.Map map when map.Find(Jobs) is YamlNode.Map jobs => IsTrigger(map) || jobs.Entries.Any(job => IsJob(job.Value)),
        null => Trigger.IsMatch(text) && JobsLine.IsMatch(text),
        _ => false,
    };

    /// <summary><c>on</c> is no target: that would be a map, and events are no keys of it. YAML 1.1 reads it as <c>true</c>, and so some write it.</summary>
    private static bool IsTrigger(YamlNode.Map map) => (map.Find("on") ?? map.Find("true")) switch
    {
        null => false,
        YamlNode.Map events => !events.Entries.Any(entry => DeployKeys.Known.Contains(entry.Key.Text)),
        _ => true,
    };

    private static bool IsJob(YamlNode node) => node is YamlNode.Map job && job.Entries.Any(entry => JobKeys.Contains(entry.Key.Text));

    [GeneratedRegex(@"^(?:on|""on""|'on'|true)[ \t]*:", RegexOptions.Multiline)]
    private static partial Regex Trigger { get; }

    [GeneratedRegex(@"^(?:jobs|""jobs""|'jobs')[ \t]*:", RegexOptions.Multiline)]
    private static partial Regex JobsLine { get; }
}
