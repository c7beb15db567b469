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
    [InlineData("}} ${ { {{ tag }} {{{ ref }}} $", "}} ${ { {{ tag }} {{{ ref }}} $")]
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
    public void What_has_no_value_is_an_error_that_names_target_and_key(string template, string fault) =>
        Template.Parse("x " + template).Render(Values with { PullRequestNumber = null, PullRequest = null }, "environment")
            .ShouldBe(new TemplateResult.Unrendered($"Target review, key environment: {fault}."));

    /// <summary>An author without an account is null or empty, a milestone that wasn't chosen null, a label too few isn't there.</summary>
    [Theory]
    [InlineData("${{ commit.author.login }}")]
    [InlineData("${{ commit.committer.login }}")]
    [InlineData("${{ commit.parents.9.sha }}")]
    [InlineData("${{ pull_request.milestone.title }}")]
    [InlineData("${{ pull_request.milestone.creator.login }}")]
    [InlineData("${{ pull_request.labels.2.name }}")]
    [InlineData("${{ pull_request.head.repo.owner.login }}")]
    [InlineData("${{ pull_request.auto_merge.merge_method }}")]
    public void What_is_absent_is_empty_text(string template)
    {
        var values = Values with
        {
            Commit = JsonSerializer.SerializeToElement(new { author = (object?)null, committer = new { }, parents = new[] { new { sha = "1" } } }),
            PullRequest = JsonSerializer.SerializeToElement(new { milestone = (object?)null, labels = new[] { new { name = "now" } }, head = new { repo = (object?)null } }),
        };
        Template.Parse($"[{template}]").Render(values, "description").ShouldBe(new TemplateResult.Rendered("[]"));
    }

    [Theory]
    [InlineData("x ${{ commit.nothing.at.all }}", "uses commit.nothing.at.all, but GitHub's commit has no field nothing")]
    [InlineData("x ${{ commit.sha.x }}", "uses commit.sha.x, but commit.sha is a single value: write ${{ commit.sha }}")]
    [InlineData("x ${{ commit.commit }}", "uses commit.commit as a whole: name one of its fields, such as ${{ commit.commit.message }}")]
    [InlineData("x ${{ commit.author.name }}", "uses commit.author.name, but GitHub's commit.author has no field name: write ${{ commit.commit.author.name }}")]
    [InlineData("pr{{ pr }}", "holds {{ pr }}, an older spelling that stays text: write ${{ pr }}")]
    public void A_name_that_GitHubs_objects_never_have_is_a_fault_of_the_template(string text, string fault)
    {
        Template.TryParse(text, out _, out var faults).ShouldBeFalse();
        faults.ShouldHaveSingleItem().Message.ShouldStartWith(fault);
    }

    [Fact]
    public void What_an_earlier_version_kept_can_still_be_read()
    {
        Template.Kept("pr{{ pr }}").Render(Values, "environment").ShouldBe(new TemplateResult.Rendered("pr{{ pr }}"));
        Template.Kept("${{ commit.message }}").Text.ShouldBe("${{ commit.message }}");
    }

    [Theory]
    [InlineData("${{ sha }} {{ pr }} ${{ nope }} {{ref}}", 11, 20, 32)]
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
