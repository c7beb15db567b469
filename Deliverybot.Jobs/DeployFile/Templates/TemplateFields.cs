using System.Collections.Frozen;
using Deliverybot.Jobs.DeployFile.Faults;

namespace Deliverybot.Jobs.DeployFile.Templates;

/// <summary>Holds what a template names of GitHub's objects against what those have.</summary>
internal static class TemplateFields
{
    /// <returns>What is wrong and what would be right; null if nothing is.</returns>
    public static string? FaultOf(TemplateRoot root, IReadOnlyList<string> words)
    {
        if (ShapeOf(root) is not { } whole)
        {
            return null;
        }

        TemplateShape shape = whole;
        var named = words[0];
        foreach (var word in words.Skip(1))
        {
            if (Below(shape, word) is not { } below)
            {
                return $"uses {Shown.Short(string.Join('.', words))}, but {FaultOf(shape, named, word)}{Hint(root, words, shape, named, word)}";
            }

            (shape, named) = (below, $"{named}.{word}");
        }

        return shape switch
        {
            TemplateShape.Fields => $"uses {Shown.Short(named)} as a whole: name one of its fields, such as {Written(shape.Example(named))}",
            TemplateShape.Items => $"uses the whole list {Shown.Short(named)}: name one of its items by number, from 0, such as {Written(shape.Example(named))}",
            _ => null,
        };
    }

    private static TemplateShape.Fields? ShapeOf(TemplateRoot root) => root switch
    {
        TemplateRoot.Commit => GitHubShapes.Commit,
        TemplateRoot.PullRequest => GitHubShapes.PullRequest,
        _ => null,
    };

    private static TemplateShape? Below(TemplateShape shape, string word) => shape switch
    {
        TemplateShape.Fields fields => fields.Named.GetValueOrDefault(word),
        TemplateShape.Items list when word.All(char.IsAsciiDigit) => list.Item,
        TemplateShape.Anything => shape,
        _ => null,
    };

    private static string FaultOf(TemplateShape shape, string named, string word) => shape switch
    {
        TemplateShape.Fields => $"GitHub's {Shown.Short(named)} has no field {Shown.Short(word)}",
        TemplateShape.Items => $"{Shown.Short(named)} is a list: name one of its items by number, from 0",
        _ => $"{Shown.Short(named)} is a single value",
    };

    private static string Hint(TemplateRoot root, IReadOnlyList<string> words, TemplateShape shape, string named, string word)
    {
        // Older versions took Git's own commit for GitHub's, which holds it under "commit".
        if (root == TemplateRoot.Commit && words.Aggregate((TemplateShape?)GitHubShapes.Commit, (at, name) => at is null ? null : Below(at, name)) is TemplateShape.Value)
        {
            return $": write {Written($"commit.{string.Join('.', words)}")}";
        }

        return shape switch
        {
            TemplateShape.Fields fields => NearestName.Hint(word, fields.Named.Keys),
            TemplateShape.Items => $", such as {Written(shape.Example(named))}",
            _ => $": write {Written(named)}",
        };
    }

    private static string Written(string path) => $"{Template.Open} {Shown.Short(path)} {Template.Close}";
}

/// <summary>What a template may name below one of GitHub's objects.</summary>
internal abstract record TemplateShape
{
    private TemplateShape()
    {
    }

    /// <summary>Text, a number, <c>true</c> or <c>false</c>; or nothing.</summary>
    public sealed record Value : TemplateShape;

    /// <summary>An object that has these fields and never others; or nothing.</summary>
    public sealed record Fields(FrozenDictionary<string, TemplateShape> Named, string First) : TemplateShape;

    /// <summary>A list, whose items are named by number.</summary>
    public sealed record Items(TemplateShape Item) : TemplateShape;

    /// <summary>Names in here are the repository's own.</summary>
    public sealed record Anything : TemplateShape;

    /// <param name="values">The names of the fields that are values, apart by spaces; the first of all is the one that examples name.</param>
    /// <param name="others">The other fields.</param>
    public static Fields Of(string values, params (string Name, TemplateShape Shape)[] others)
    {
        var names = values.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Fields(
            names.Select(name => KeyValuePair.Create<string, TemplateShape>(name, new Value()))
                .Concat(others.Select(other => KeyValuePair.Create(other.Name, other.Shape)))
                .ToFrozenDictionary(StringComparer.Ordinal),
            names.FirstOrDefault() ?? others[0].Name);
    }

    public static Items ListOf(TemplateShape item) => new(item);

    /// <summary>A whole path to a value in here, as an example.</summary>
    public string Example(string path) => this switch
    {
        Fields fields => fields.Named[fields.First].Example($"{path}.{fields.First}"),
        Items list => list.Item.Example($"{path}.0"),
        _ => path,
    };
}
