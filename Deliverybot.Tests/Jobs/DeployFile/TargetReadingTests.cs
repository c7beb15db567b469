using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.DeployFile;

public sealed class TargetReadingTests
{
    [Fact]
    public void An_empty_target_has_every_default()
    {
        var target = DeployFileSamples.Target("production: {}");
        target.Name.ShouldBe(new TargetName("production"));
        target.Environment.Text.ShouldBe("production");
        target.AutoDeployOn.ShouldBeEmpty();
        target.RequiredContexts.ShouldBeEmpty();
        target.Task.ShouldBe("deploy");
        target.Description.Text.ShouldBe("");
        target.Payload.Entries.ShouldBeEmpty();
        target.AutoMerge.ShouldBeFalse();
        target.TransientEnvironment.ShouldBeFalse();
        target.ProductionEnvironment.ShouldBeNull();
        target.After.ShouldBeEmpty();
        target.Queue.ShouldBe(QueueMode.None);
        target.OnlyLatest.ShouldBeTrue();
        target.Forks.ShouldBeFalse();
        target.External.ShouldBeNull();
        target.NeedsPromotion.ShouldBeFalse();
        target.NeedsCommit.ShouldBeFalse();
        target.NeedsPullRequest.ShouldBeFalse();
    }

    [Fact]
    public void Every_key_is_read()
    {
        var target = DeployFileSamples.Valid(DeployFileSamples.Bytes("good/every-key")).All[0];
        target.Environment.Text.ShouldBe("env-${{ ref }}");
        target.AutoDeployOn.Select(rule => rule.ToString()).ShouldBe(["refs/heads/main", "refs/tags/v*", "refs/heads/release/*", "pr", "release"]);
        target.RequiredContexts.ShouldBe(["ci"]);
        target.Task.ShouldBe("migrate");
        target.Description.Text.ShouldBe("${{ commit.commit.message }}");
        target.Payload.Entries.ShouldHaveSingleItem().Key.ShouldBe("a");
        target.AutoMerge.ShouldBeTrue();
        target.TransientEnvironment.ShouldBeTrue();
        target.ProductionEnvironment.ShouldBe(false);
        target.After.ShouldBe([new TargetName("other")]);
        target.Queue.ShouldBe(QueueMode.All);
        target.OnlyLatest.ShouldBeTrue();
        target.Forks.ShouldBeTrue();
        target.External.ShouldNotBeNull().Events.ShouldBe(["push"]);
        target.NeedsCommit.ShouldBeTrue();
        target.NeedsPullRequest.ShouldBeFalse();
    }

    [Fact]
    public void Targets_keep_the_order_of_the_file_and_are_found_by_their_exact_name()
    {
        var targets = DeployFileSamples.Valid("z: {}\na: { after: [z] }\n__proto__: {}\n");
        targets.All.Select(target => target.Name.Value).ShouldBe(["z", "a", "__proto__"]);
        targets.Find(new TargetName("__proto__")).ShouldBe(targets.All[2]);
        targets.Find(new TargetName("constructor")).ShouldBeNull();
        targets.Find(new TargetName("A")).ShouldBeNull();
        targets.Following(new TargetName("z")).ShouldHaveSingleItem().Name.Value.ShouldBe("a");
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("{ queue: latest }", true)]
    [InlineData("{ queue: all }", false)]
    [InlineData("{ after: [other] }", false)]
    [InlineData("{ after: [] }", true)]
    [InlineData("{ required_contexts: [ci] }", true)]
    [InlineData("{ required_contexts: [ci, deliverybot/promotion] }", false)]
    [InlineData("{ queue: all, only_latest: true }", true)]
    [InlineData("{ after: [other], only_latest: true }", true)]
    [InlineData("{ only_latest: false }", false)]
    public void Only_latest_follows_from_the_other_keys_unless_it_is_said(string target, bool expected) =>
        DeployFileSamples.Valid($"a: {target}\nother: {{ environment: other }}\n").All[0].OnlyLatest.ShouldBe(expected);

    [Theory]
    [InlineData("{}", "production", true)]
    [InlineData("{}", "Production", true)]
    [InlineData("{}", "staging", false)]
    [InlineData("{ production_environment: false }", "production", false)]
    [InlineData("{ production_environment: true }", "staging", true)]
    public void Production_environment_follows_from_the_rendered_name_unless_it_is_said(string target, string rendered, bool expected) =>
        DeployFileSamples.Target($"a: {target}").IsProduction(new EnvironmentName(rendered)).ShouldBe(expected);

    [Fact]
    public void The_legacy_list_fills_only_what_is_left_out()
    {
        const string Legacy = "deployments: [{ task: old, auto_merge: true, environment: old, description: old, payload: { old: 1 } }, { task: never }]";
        var filled = DeployFileSamples.Target($"a: {{ {Legacy} }}");
        (filled.Task, filled.AutoMerge, filled.Environment.Text, filled.Description.Text).ShouldBe(("old", true, "old", "old"));
        filled.Payload.Entries.ShouldHaveSingleItem().Key.ShouldBe("old");

        var own = DeployFileSamples.Target($"a: {{ task: own, auto_merge: false, environment: own, description: \"\", payload: {{}}, {Legacy} }}");
        (own.Task, own.AutoMerge, own.Environment.Text, own.Description.Text).ShouldBe(("own", false, "own", ""));
        own.Payload.Entries.ShouldBeEmpty();
        DeployFileSamples.Target("a: { deployments: [] }").ShouldBe(DeployFileSamples.Target("a: {}"));
    }

    [Fact]
    public void Merged_keys_fill_only_what_is_left_out()
    {
        var targets = DeployFileSamples.Valid("a: &a { task: x, environment: e }\nb: { environment: f, <<: *a }\n");
        (targets.All[1].Task, targets.All[1].Environment.Text).ShouldBe(("x", "f"));
    }

    [Fact]
    public void Targets_are_equal_where_their_meaning_is()
    {
        DeployFileSamples.Target("a: { payload: { x: 1, y: [2] } }").ShouldBe(DeployFileSamples.Target("'a':\n  payload:\n    y: [2]\n    x: 1.0\n"));
        DeployFileSamples.Target("a: { payload: { x: 1 } }").ShouldNotBe(DeployFileSamples.Target("a: { payload: { x: '1' } }"));
        DeployFileSamples.Target("a: {}").ShouldNotBe(DeployFileSamples.Target("a: { production_environment: false }"));
    }

    [Fact]
    public void A_target_reads_what_an_earlier_version_kept() =>
        TargetJson.Read("""{"name":"a","unknown":1}""").ShouldBe(DeployFileSamples.Target("a: {}"));
}
