using System.Text;
using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Events;
using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.Events.Shapes;
using Deliverybot.Jobs.GitHub.Reading;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class TolerantJsonTests
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";
    private const string Repository = """{"id":7,"name":"shop","owner":{"login":"acme","id":8}}""";

    [Fact]
    public void An_envelope_is_read()
    {
        DeliveryEnvelope.TryRead(Routes.Table.Find("push"), Encoding.UTF8.GetBytes($$"""{"repository":{{Repository}},"installation":{"id":9} }"""), out var envelope).ShouldBeTrue();

        envelope.Repository.ShouldBe(new RepositoryId(7));
        envelope.Installation.ShouldBe(new InstallationId(9));
    }

    [Fact]
    public void What_can_be_used_of_a_field_that_is_not_needed_is_read()
    {
        var push = Push("""{"id":"%","timestamp":"2026-01-01T10:00:00+02:00","added":["a",7,null,"b"]}""");

        push.HeadCommit.ShouldNotBeNull().Timestamp.ShouldBe(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero));
        push.HeadCommit.Timestamp!.Value.Offset.ShouldBe(TimeSpan.Zero);
        push.HeadCommit.Added.ShouldBe(["a", "b"]);
        push.Sender.ShouldNotBeNull().Login.ShouldBe("ada");
    }

    [Theory]
    [InlineData("\"2026-01-01T10:00:00+15:00\"")]
    [InlineData("\"10000-01-01T10:00:00Z\"")]
    [InlineData("\"9999-12-31T23:59:59Z\"")]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    [InlineData("\"soon\"")]
    [InlineData("12")]
    [InlineData("{\"a\":[1]}")]
    [InlineData("null")]
    public void A_time_that_no_calendar_has_is_taken_for_absent_and_the_rest_counts(string time)
    {
        var push = Push($$"""{"timestamp":{{time}},"id":"%","modified":["a"]}""");

        push.HeadCommit.ShouldNotBeNull().Timestamp.ShouldBeNull();
        push.HeadCommit.Id.ShouldBe(new CommitSha(Sha));
        push.Touches("a").ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"ref\":\"refs/heads/main\"", "\"ref\":null")]
    [InlineData("\"ref\":\"refs/heads/main\"", "\"ref\":7")]
    [InlineData("\"ref\":\"refs/heads/main\",", "")]
    [InlineData("\"after\":\"" + Sha + "\"", "\"after\":\"7\"")]
    [InlineData("\"id\":7", "\"id\":99999999999999999999")]
    public void Without_what_is_needed_the_whole_is_refused(string sound, string spoilt) =>
        Should.Throw<JsonException>(() => TolerantJson.Read(Encoding.UTF8.GetBytes(Text("null").Replace(sound, spoilt, StringComparison.Ordinal)), EventJson.Default.PushEvent));

    [Fact]
    public void Somebody_without_a_name_is_nobody() =>
        TolerantJson.Read(Encoding.UTF8.GetBytes(Text("null").Replace("\"login\":\"ada\",", "", StringComparison.Ordinal)), EventJson.Default.PushEvent)
            .ShouldNotBeNull().Sender.ShouldBeNull();

    [Theory]
    [InlineData("""{"a":"\u0000"}""", """{"a":"\ufffd"}""")]
    [InlineData("""{"a":"x\ud83dy"}""", """{"a":"x\ufffdy"}""")]
    [InlineData("""{"a":"x\ude00y\uD83D"}""", """{"a":"x\ufffdy\ufffd"}""")]
    [InlineData("""{"a":"\uD83D\uDE00\u00e4"}""", """{"a":"\uD83D\uDE00\u00e4"}""")]
    [InlineData("""{"a":"\\u0000\\\ud83d"}""", """{"a":"\\u0000\\\ufffd"}""")]
    [InlineData("""{"a":"\u00""", """{"a":"\u00""")]
    public void What_is_no_text_becomes_the_character_that_stands_for_it(string json, string sound) =>
        Encoding.UTF8.GetString(SoundText.Of(Encoding.UTF8.GetBytes(json))).ShouldBe(sound);

    private static PushEvent Push(string headCommit) =>
        TolerantJson.Read(Encoding.UTF8.GetBytes(Text(headCommit)), EventJson.Default.PushEvent).ShouldNotBeNull();

    private static string Text(string headCommit) =>
        $$"""{"ref":"refs/heads/main","before":"{{Sha}}","after":"{{Sha}}","head_commit":{{headCommit.Replace("%", Sha, StringComparison.Ordinal)}},"repository":{{Repository}},"sender":{"login":"ada","id":1} }""";
}
