using Deliverybot.Jobs.Calendar;
using Deliverybot.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.DeployFile;

/// <summary>The block <c>deliverybot</c>, and what it makes of targets.</summary>
public sealed class FileRulesTests
{
    private const string Block = "deliverybot:\n  time_zone: Europe/Berlin\n  freeze:\n    - { from: 2026-12-19, until: 2027-01-04, reason: Christmas }\n    - { weekly: fri 16:00 - mon 07:00, environments: [eu] }\n";

    private static readonly string[] Words = ["freez", "window", "soak", "zone"];

    public static TheoryData<string> Keys => [.. RuleKeys.All.Select(key => key.Name)];

    [Fact]
    public void What_it_says_holds_for_targets_that_say_nothing_else()
    {
        var targets = DeployFileSamples.Valid(Block + "production: {}\neu: { environment: EU, time_zone: UTC }\nstaging: { environment: staging }\nreview: { environment: 'review-${{ pr }}' }\n");

        targets.All.Select(target => target.TimeZone).ShouldBe(["Europe/Berlin", "UTC", "Europe/Berlin", "Europe/Berlin"]);
        targets.All.Select(target => target.Freezes?.All.Length).ShouldBe([1, 1, null, 2]);
        targets.Rules.Freezes.ShouldNotBeNull().All.Length.ShouldBe(2);
    }

    [Fact]
    public void Days_are_frozen_from_the_first_to_the_last()
    {
        var freeze = DeployFileSamples.Valid(Block + "production: {}\n").All[0].Freezes.ShouldNotBeNull().All[0];

        freeze.Reason.ShouldBe("Christmas");
        freeze.When.ShouldBe("2026-12-19 00:00 to 2027-01-05 00:00");
    }

    [Fact]
    public void A_target_is_kept_with_all_of_it()
    {
        var target = DeployFileSamples.Valid(Block + "production: { after: [eu], soak: 1d12h, window: [daily 22:00-02:00, last sat 06:00-24:00] }\neu: { environment: eu }\n").All[0];

        var kept = TargetJson.Read(TargetJson.Write(target));

        kept.ShouldBe(target);
        kept.Soak.ShouldBe(TimeSpan.FromHours(36));
        kept.Window?.Text.ShouldBe("daily 22:00-02:00, last sat 06:00-24:00");
        kept.TimeZone.ShouldBe("Europe/Berlin");
        kept.Window.ShouldBe(target.Window);
        kept.Freezes.ShouldBe(target.Freezes);
        kept.Zone.ShouldBe(TimeZones.Of("Europe/Berlin"));
    }

    [Fact]
    public void A_target_that_uses_nothing_of_it_keeps_not_a_byte_more() =>
        Words.ShouldAllBe(word => !TargetJson.Write(DeployFileSamples.Target("a: {}")).Contains(word, StringComparison.Ordinal));

    /// <summary>Nothing that is written under a key of the block changes targets that it doesn't concern.</summary>
    [Fact]
    public void A_freeze_of_other_environments_changes_nothing_of_a_target() =>
        DeployFileSamples.Target("deliverybot: { freeze: [{ weekly: fri 16:00 - mon 07:00 }] }\nstaging: { environment: staging }\n")
            .ShouldBe(DeployFileSamples.Target("staging: { environment: staging }\n"));

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_example_of_a_key_changes_the_rules(string name)
    {
        var key = RuleKeys.All.Single(known => known.Name == name);

        DeployFileSamples.Valid($"deliverybot: {{ {name}: {key.Example} }}\na: {{}}\n").Rules.ShouldNotBe(FileRules.None);
    }

    [Fact]
    public void A_file_may_hold_the_block_alone() => DeployFileSamples.Valid(Block).All.ShouldBeEmpty();
}
