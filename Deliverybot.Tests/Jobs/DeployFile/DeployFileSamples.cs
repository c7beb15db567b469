using System.Text;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Faults;
using Shouldly;

namespace Deliverybot.Tests.Jobs.DeployFile;

/// <summary>The files under <c>Files/</c>, and short ways to read a text as a <c>deploy.yml</c>.</summary>
internal static class DeployFileSamples
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Jobs", "DeployFile", "Files");

    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.yml").Select(file => $"{folder}/{Path.GetFileNameWithoutExtension(file)}").Order(StringComparer.Ordinal);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Root, name + ".yml"));

    /// <summary>Where they say <c>{every key}</c>, the table of keys is meant: a new key changes no file.</summary>
    public static string ExpectedErrors(string name) =>
        File.ReadAllText(Path.Combine(Root, name + ".errors")).Replace("{every key}", string.Join(", ", DeployKeys.Known), StringComparison.Ordinal);

    /// <summary>One target that has every key there is, by its example in the table.</summary>
    public static string EveryExample { get; } =
        $"everything:\n{string.Concat(DeployKeys.All.Select(key => $"  {key.Name}: {key.Example}\n"))}other: {{}}\n";

    public static DeployFileResult Parse(string text) => DeployFileParser.Parse(Encoding.UTF8.GetBytes(text));

    public static DeployTargets Valid(string text) => Valid(Encoding.UTF8.GetBytes(text));

    public static DeployTargets Valid(byte[] bytes) =>
        DeployFileParser.Parse(bytes) switch
        {
            DeployFileResult.Valid valid => valid.Targets,
            DeployFileResult.Invalid invalid => throw new ShouldAssertException(string.Join(Environment.NewLine, invalid.Errors)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The only target of a sound file.</summary>
    public static Target Target(string text) => Valid(text).All.ShouldHaveSingleItem();

    public static IReadOnlyList<DeployFileError> Errors(byte[] bytes) =>
        DeployFileParser.Parse(bytes).ShouldBeOfType<DeployFileResult.Invalid>().Errors;

    public static DeployFileError Error(string text) => Errors(Encoding.UTF8.GetBytes(text)).ShouldHaveSingleItem();
}
