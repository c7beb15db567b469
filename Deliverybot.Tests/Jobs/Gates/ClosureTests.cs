using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Gates;
using Deliverybot.Tests.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Gates;

/// <summary>What is said of an environment that takes no deployments by the clock, and when it takes them again.</summary>
public sealed class ClosureTests
{
    private const string Christmas =
        """
        deliverybot:
          time_zone: Europe/Berlin
          freeze:
            - { from: 2026-12-19, until: 2027-01-04, reason: Christmas }
            - { weekly: fri 16:00 - mon 07:00, reason: weekend }

        """;

    private static readonly EnvironmentName Production = new("production");

    [Theory]
    [InlineData("2026-11-25 12:00", null, null)]
    [InlineData("2026-11-27 16:00", "production is frozen until Mon 2026-11-30 07:00 (Europe/Berlin): weekend.", "2026-11-30 06:00")]
    [InlineData("2026-12-23 12:00", "production is frozen until Tue 2027-01-05 00:00 (Europe/Berlin): Christmas.", "2027-01-04 23:00")]
    public void A_freeze_says_until_when(string now, string? sentence, string? opens) =>
        ShouldBe(Of("production: {}\n", now).SingleOrDefault(), sentence, opens);

    [Theory]
    [InlineData("2026-11-25 10:00", null, null)]
    [InlineData("2026-11-25 16:00", "production takes deployments mon-thu 09:00-16:00 (Europe/Berlin): next on Thu 2026-11-26 09:00.", "2026-11-26 08:00")]
    [InlineData("2026-11-26 16:00", "production takes deployments mon-thu 09:00-16:00 (Europe/Berlin): next on Mon 2026-11-30 09:00.", "2026-11-30 08:00")]
    [InlineData("2026-11-27 16:00", "production is frozen until Mon 2026-11-30 07:00 (Europe/Berlin): weekend. Then it takes deployments on Mon 2026-11-30 09:00.", "2026-11-30 08:00")]
    [InlineData("2026-12-18 01:00", "production takes deployments mon-thu 09:00-16:00 (Europe/Berlin): next on Tue 2027-01-05 09:00.", "2027-01-05 08:00")]
    public void A_window_and_a_freeze_together_say_when_both_let_pass(string now, string? sentence, string? opens) =>
        ShouldBe(Of("production: { window: mon-thu 09:00-16:00 }\n", now).SingleOrDefault(), sentence, opens);

    [Fact]
    public void A_window_that_freezes_never_let_open_opens_at_no_time() =>
        ShouldBe(
            Of("production: { window: sat 09:00-16:00 }\n", "2026-11-25 10:00").Single(),
            "production takes deployments sat 09:00-16:00 (Europe/Berlin): not within the next 400 days.",
            opens: null);

    [Fact]
    public void Of_several_targets_the_one_that_is_closed_says_so()
    {
        const string Two = "web: { window: mon-thu 09:00-16:00 }\napi: {}\n";

        Of(Two, "2026-11-25 16:00").Single().Sentence.ToString().ShouldStartWith("web: production takes deployments mon-thu");
        Of(Two.Replace("api: {}", "api: { window: mon-thu 09:00-16:00 }", StringComparison.Ordinal), "2026-11-25 16:00").Single().Sentence.ToString()
            .ShouldStartWith("production takes deployments mon-thu");
    }

    private static IReadOnlyList<Closure> Of(string targets, string now) => Closure.Of(DeployFileSamples.Valid(Christmas + targets).Of(Production), Production, Utc(now));

    private static void ShouldBe(Closure? closure, string? sentence, string? opens)
    {
        closure?.Sentence.ToString().ShouldBe(sentence);
        (closure is null).ShouldBe(sentence is null);
        closure?.Opens.ShouldBe(opens is null ? null : Utc(opens));
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
