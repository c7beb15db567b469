using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deliverybot.Jobs.DeployFile;
using NJsonSchema;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.DeployFile;

public sealed partial class DeployFileSchemaTests
{
    private static readonly Lazy<Task<JsonSchema>> Schema =
        new(() => JsonSchema.FromJsonAsync(Encoding.UTF8.GetString(DeployFileSchema.Utf8Json.Span)));

    public static TheoryData<string> Good => [.. DeployFileSamples.Names("good")];

    public static TheoryData<string> Bad => [.. DeployFileSamples.Names("bad")];

    public static TheoryData<string> Keys => [.. DeployKeys.All.Select(key => key.Name)];

    /// <summary>Rules between targets, limits and faults of the YAML itself, none of which a schema can express.</summary>
    public static TheoryData<string> BeyondTheSchema => [.. DeployFileSamples.Names("beyond-schema")];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Parser_and_schema_accept_a_good_file(string name)
    {
        DeployFileSamples.Valid(DeployFileSamples.Bytes(name));
        (await SchemaErrors(name)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Parser_and_schema_refuse_a_bad_file(string name)
    {
        ShouldHaveItsErrors(name);
        (await SchemaErrors(name)).ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(BeyondTheSchema))]
    public async Task Only_the_parser_refuses_what_a_schema_cannot_express(string name)
    {
        ShouldHaveItsErrors(name);
        if (YamlAsJson.TryConvert(Encoding.UTF8.GetString(DeployFileSamples.Bytes(name)), out _) && name != "beyond-schema/empty")
        {
            (await SchemaErrors(name)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void There_are_enough_files() => (Good.Count + Bad.Count).ShouldBeGreaterThan(100);

    /// <summary>Reading, schema and card each know the key: none of them can be forgotten.</summary>
    [Theory]
    [MemberData(nameof(Keys))]
    public async Task An_example_of_a_key_changes_the_target_suits_the_schema_and_shows_on_the_card(string name)
    {
        var key = DeployKeys.All.Single(known => known.Name == name);
        string[] needed = key.Needs is { } needs ? [needs.Key] : [];
        var written = string.Concat(needed.Select(other => $", {other}: {DeployKeys.All.Single(known => known.Name == other).Example}"));
        var yaml = $"a: {{ {name}: {key.Example}{written} }}\nother: {{ environment: other }}\n";

        var target = DeployFileSamples.Valid(yaml).All[0];
        target.ShouldNotBe(DeployFileSamples.Target("a: {}"));
        (await SchemaErrorsOf(yaml)).ShouldBeEmpty();
        target.Written.Order().ShouldBe(needed.Append(name).Order());
        key.Card?.Text(target).ShouldNotBe(key.Card.Text(DeployFileSamples.Target("a: {}")));
    }

    /// <summary>Whatever one key does to another, all of them may stand in one target.</summary>
    [Fact]
    public async Task All_keys_together_are_read_and_suit_the_schema()
    {
        var target = DeployFileSamples.Valid(DeployFileSamples.EveryExample).All[0];

        (await SchemaErrorsOf(DeployFileSamples.EveryExample)).ShouldBeEmpty();
        target.Written.Order().ShouldBe(DeployKeys.All.Select(key => key.Name).Order());
        DeployKeys.All.Where(key => key.Card?.Text(target) == key.Card?.Text(DeployFileSamples.Target("a: {}")) && key.Card is not null)
            .Select(key => key.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_key_of_the_schema_is_described()
    {
        using var schema = JsonDocument.Parse(DeployFileSchema.Utf8Json);
        var definitions = schema.RootElement.GetProperty("definitions");
        var target = definitions.GetProperty("target").GetProperty("properties");
        foreach (var key in target.EnumerateObject())
        {
            var described = key.Value.TryGetProperty("$ref", out var reference)
                ? definitions.GetProperty(reference.GetString()!.Split('/')[^1])
                : key.Value;
            described.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace(key.Name);
        }
    }

    [Fact]
    public void Schema_and_parser_know_the_same_keys()
    {
        using var schema = JsonDocument.Parse(DeployFileSchema.Utf8Json);
        var target = schema.RootElement.GetProperty("definitions").GetProperty("target").GetProperty("properties");
        var message = DeployFileSamples.Error("a: { xxxxxxxxxxxxxxxxxxxxxxxx: 1 }").Message;
        KnownKeys.Match(message).Groups[1].Value.Split(", ").ShouldBe(target.EnumerateObject().Select(key => key.Name), ignoreOrder: true);
    }

    [Fact]
    public async Task An_example_of_each_key_of_the_block_suits_the_schema()
    {
        foreach (var key in RuleKeys.All)
        {
            (await SchemaErrorsOf($"deliverybot: {{ {key.Name}: {key.Example} }}\na: {{}}\n")).ShouldBeEmpty(key.Name);
        }
    }

    [GeneratedRegex(": there are (.*)$")]
    private static partial Regex KnownKeys { get; }

    private static void ShouldHaveItsErrors(string name) =>
        string.Join('\n', DeployFileSamples.Errors(DeployFileSamples.Bytes(name))).ShouldBe(DeployFileSamples.ExpectedErrors(name).Trim());

    private static Task<IEnumerable<string>> SchemaErrors(string name) => SchemaErrorsOf(Encoding.UTF8.GetString(DeployFileSamples.Bytes(name)));

    private static async Task<IEnumerable<string>> SchemaErrorsOf(string yaml)
    {
        YamlAsJson.TryConvert(yaml, out var json).ShouldBeTrue();
        return (await Schema.Value).Validate(json?.ToJsonString() ?? "null").Select(error => error.ToString());
    }
}
