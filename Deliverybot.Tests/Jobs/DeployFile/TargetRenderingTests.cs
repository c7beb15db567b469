using System.Text.Json.Nodes;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Templates;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.DeployFile;

public sealed class TargetRenderingTests
{
    private static readonly TemplateValues Values = TemplateSamples.Values;

    [Fact]
    public void A_payload_begins_with_the_target_and_ends_with_the_correlation() =>
        Payload("review: { payload: { a: 1 } }", new JsonObject { ["id"] = 42 })
            .ShouldBe("""{"target":"review","a":1,"deliverybot":{"id":42}}""");

    [Fact]
    public void An_empty_payload_names_the_target() => Payload("review: {}").ShouldBe("""{"target":"review"}""");

    [Fact]
    public void A_target_of_the_users_own_wins() =>
        Payload("review: { payload: { a: 1, target: [mine] } }").ShouldBe("""{"target":["mine"],"a":1}""");

    [Fact]
    public void Every_string_of_a_payload_is_a_template_and_keys_are_not() =>
        Payload("review: { payload: { '${{ sha }}': '${{ pr }}', list: ['${{ target }}', { deep: '#${{ pr }}' }], n: 1.50, t: true, z: null } }")
            .ShouldBe("""{"target":"review","${{ sha }}":"7","list":["review",{"deep":"#7"}],"n":1.50,"t":true,"z":null}""");

    [Fact]
    public void A_value_adds_no_keys_to_a_payload()
    {
        var target = DeployFileSamples.Target("review: { payload: { title: '${{ ref }}' } }");
        var values = Values with { Ref = GitRef.Branch("\", \"admin\": true, \"x\": \"\n") };
        var payload = target.RenderPayload(values).ShouldBeOfType<PayloadResult.Rendered>().Payload;
        payload.Select(entry => entry.Key).ShouldBe(["target", "title"]);
        JsonNode.Parse(payload.ToJsonString())!["title"]!.GetValue<string>().ShouldBe(values.Ref.ShortName);
    }

    [Fact]
    public void A_payload_that_cannot_be_rendered_names_target_and_key() =>
        DeployFileSamples.Target("review: { payload: { list: [a, { deep: '${{ pr }}' }], other: '${{ pr }}' } }")
            .RenderPayload(Values with { PullRequestNumber = null })
            .ShouldBe(new PayloadResult.Unrendered(
                "Target review, key payload.list[1].deep: ${{ pr }} has no value, for this deployment belongs to no pull request."));

    [Fact]
    public void An_environment_is_rendered_and_must_not_come_out_empty()
    {
        var target = DeployFileSamples.Target("review: { environment: '${{ pull_request.body }}' }");
        target.RenderEnvironment(Values)
            .ShouldBe(new TemplateResult.Unrendered("Target review, key environment: ${{ pull_request.body }} gives an empty name."));
        DeployFileSamples.Target("review: { environment: 'review-${{ pr }}' }").RenderEnvironment(Values)
            .ShouldBe(new TemplateResult.Rendered("review-7"));
    }

    [Theory]
    [InlineData(140, "x", 140)]
    [InlineData(141, "x", 140)]
    [InlineData(140, "🚀", 140)]
    [InlineData(150, "🚀", 140)]
    [InlineData(100, "e\u0301", 70)]
    [InlineData(40, "👨‍👩‍👧‍👦", 20)]
    public void A_description_is_cut_between_characters(int count, string character, int expected)
    {
        var text = string.Concat(Enumerable.Repeat(character, count));
        var values = Values with { Ref = GitRef.Branch(text) };
        DeployFileSamples.Target("a: { description: '${{ ref }}' }").RenderDescription(values)
            .ShouldBe(new TemplateResult.Rendered(string.Concat(Enumerable.Repeat(character, expected))));
    }

    private static string Payload(string file, JsonNode? correlation = null) =>
        DeployFileSamples.Target(file).RenderPayload(Values, correlation).ShouldBeOfType<PayloadResult.Rendered>().Payload.ToJsonString();
}
