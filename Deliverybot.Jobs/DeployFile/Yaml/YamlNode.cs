using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Faults;

namespace Deliverybot.Jobs.DeployFile.Yaml;

/// <summary>
/// A node of the file with its place. An alias is the node it names.
/// <paramref name="Size"/> counts the characters and nodes in here once every alias is written out, <paramref name="Height"/> the lists and maps one inside the other.
/// </summary>
internal abstract record YamlNode(YamlPosition Position, long Size, int Height)
{
    /// <summary>What this is, for a sentence such as "is a list".</summary>
    public abstract string Kind { get; }

    /// <summary>Text or a number, true, false or nothing; <paramref name="Start"/> and <paramref name="End"/> bound it in the file's text.</summary>
    public sealed record Scalar(YamlPosition Position, string Text, ScalarKind Type, int Start, int End)
        : YamlNode(Position, Text.Length + 1, 0)
    {
        public override string Kind => Type switch
        {
            ScalarKind.Text => "text",
            ScalarKind.Number => "a number",
            ScalarKind.Flag => "true or false",
            ScalarKind.Null => "empty",
        };
    }

    public sealed record List(YamlPosition Position, ImmutableArray<YamlNode> Items)
        : YamlNode(Position, 1 + Items.Sum(item => item.Size), 1 + Items.Select(item => item.Height).DefaultIfEmpty().Max())
    {
        public override string Kind => "a list";
    }

    public sealed record Map(YamlPosition Position, ImmutableArray<YamlEntry> Entries)
        : YamlNode(
            Position,
            1 + Entries.Sum(entry => entry.Key.Size + entry.Value.Size),
            1 + Entries.Select(entry => entry.Value.Height).DefaultIfEmpty().Max())
    {
        public override string Kind => "a map";

        public YamlNode? Find(string key)
        {
            foreach (var entry in Entries)
            {
                if (entry.Key.Text == key)
                {
                    return entry.Value;
                }
            }

            return null;
        }
    }
}

internal readonly record struct YamlEntry(YamlNode.Scalar Key, YamlNode Value);

/// <summary>What a scalar is by YAML's <see href="https://yaml.org/spec/1.2.2/#103-core-schema">core schema</see>.</summary>
internal enum ScalarKind
{
    Text,
    Number,
    Flag,
    Null,
}
