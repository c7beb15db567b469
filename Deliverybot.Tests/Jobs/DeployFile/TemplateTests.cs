using System.Text.Json;
using CsCheck;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Templates;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.DeployFile;

public sealed class TemplateTests
{
    private static readonly TemplateValues Values = TemplateSamples.Values;

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("${{ ref }}", "feature/x")]
    [InlineData("${{ref}}-${{  short_sha\t}}", "feature/x-0123456")]
    [InlineData("${{ sha }}", "0123456789abcdef0123456789abcdef01234567")]
    [InlineData("${{ owner }}/${{ repo }}#${{ pr }} ${{ target }}", "octo-org/shop#7 review")]
    [InlineData("${{ commit.commit.author.name }}", "Mona <mona@github.com>")]
    [InlineData("${{ pull_request.labels.1.name }}", "later")]
    [InlineData("${{ pull_request.number }} ${{ pull_request.draft }} [${{ pull_request.body }}]", "7 false []")]
    [InlineData("}} ${ { {{ ref }} {{{ ref }}} $", "}} ${ { {{ ref }} {{{ ref }}} $")]
    public void Values_are_put_in(string template, string expected) => Rendered(template).ShouldBe(expected);

    [Fact]
    public void A_value_is_plain_text_whatever_it_holds()
    {
        Gen.String.Sample(title =>
        {
            var values = Values with { PullRequest = JsonSerializer.SerializeToElement(new { title }) };
            var expected = values.PullRequest!.Value.GetProperty("title").GetString();
            Template.Parse("a ${{ pull_request.title }} b").Render(values, "description").ShouldBe(new TemplateResult.Rendered($"a {expected} b"));
        });
        var nasty = Values with { Ref = GitRef.Branch("${{ sha }}<&\"\\\n{{x}}") };
        Template.Parse("${{ ref }}").Render(nasty, "description").ShouldBe(new TemplateResult.Rendered("${{ sha }}<&\"\\\n{{x}}"));
    }

    [Theory]
    [InlineData("${{ pr }}", "${{ pr }} has no value, for this deployment belongs to no pull request")]
    [InlineData("${{ pull_request.title }}", "${{ pull_request.title }} has no value, for this deployment belongs to no pull request")]
    [InlineData("${{ commit.nothing.at.all }}", "${{ commit.nothing.at.all }} is unknown, GitHub's object has no nothing there")]
    [InlineData("${{ commit.sha.x }}", "${{ commit.sha.x }} is unknown, GitHub's object has no x there")]
    [InlineData("${{ commit.parents.9.sha }}", "${{ commit.parents.9.sha }} is unknown, GitHub's object has no 9 there")]
    [InlineData("${{ commit.commit }}", "${{ commit.commit }} is no single value: name one of its fields")]
    public void What_has_no_value_is_an_error_that_names_target_and_key(string template, string fault) =>
        Template.Parse("x " + template).Render(Values with { PullRequestNumber = null, PullRequest = null }, "environment")
            .ShouldBe(new TemplateResult.Unrendered($"Target review, key environment: {fault}."));

    [Theory]
    [InlineData("${{ sha }} ${{ nope }} ${{ x", 11, 23)]
    [InlineData("${{ ${{ sha }}", 0)]
    [InlineData("${{ sha }", 0)]
    [InlineData("a ${{ commit..sha }}", 2)]
    public void Every_fault_of_a_template_is_found_at_its_place(string text, params int[] offsets)
    {
        Template.TryParse(text, out var template, out var faults).ShouldBeFalse();
        template.ShouldBeNull();
        faults.Select(fault => fault.Offset).ShouldBe(offsets);
    }

    [Fact]
    public void Objects_are_needed_only_where_a_template_uses_them()
    {
        Template.Parse("${{ pr }} ${{ sha }} pull_request.x").ShouldSatisfyAllConditions(
            template => template.NeedsPullRequest.ShouldBeFalse(),
            template => template.NeedsCommit.ShouldBeFalse());
        Template.Parse("${{ pull_request.title }}").NeedsPullRequest.ShouldBeTrue();
        Template.Parse("${{ commit.sha }}").NeedsCommit.ShouldBeTrue();
        DeployFileSamples.Target("a: { payload: { x: [{ y: '${{ pull_request.title }}' }] } }").NeedsPullRequest.ShouldBeTrue();
        DeployFileSamples.Target("a: { environment: 'x-${{ commit.sha }}' }").NeedsCommit.ShouldBeTrue();
    }

    [Fact]
    public void A_needed_object_that_was_not_given_is_a_fault_of_ours() =>
        Should.Throw<InvalidOperationException>(() => Template.Parse("${{ commit.sha }}").Render(Values with { Commit = null }, "description"));

    [Fact]
    public void Text_without_templates_renders_without_allocating()
    {
        var template = Template.Parse("production");
        template.Render(Values, "environment");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            template.Render(Values, "environment");
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void A_value_that_is_no_text_is_an_error()
    {
        using var json = JsonDocument.Parse("""{ "title": "\ud800" }""");
        Template.Parse("${{ pull_request.title }}").Render(Values with { PullRequest = json.RootElement }, "description")
            .ShouldBe(new TemplateResult.Unrendered("Target review, key description: ${{ pull_request.title }} holds half a character."));
    }

    private static string Rendered(string template) =>
        Template.Parse(template).Render(Values, "description").ShouldBeOfType<TemplateResult.Rendered>().Text;
}
