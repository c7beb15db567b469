using System.Globalization;
using System.Text.Json;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// Events that bring something about count once by what is signed, and not for ever: docs/decisions/0011. GitHub signs the body alone, and
/// each of these bodies names something that happens once: a comment, a status of a deployment, a push at a time.
/// </summary>
public static class ToldOnce
{
    /// <summary>
    /// GitHub delivers an event again for three days; half a day more is for what came late in the first place
    /// (<see href="https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks"/>). What was processed is
    /// kept for longer than this, so that nothing is too young to be refused and too old to be known.
    /// </summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(84);

    /// <summary>Whether GitHub would not send the event any more, so that somebody else does. One that tells no time is taken.</summary>
    public static bool IsTooOld(DeliveryEnvelope envelope, DateTimeOffset now) => now - envelope.SignedAt > Oldest;
}

/// <summary>
/// The times that GitHub itself puts into an event, and signs. Not those of commits, which whoever makes them chooses, nor a release's
/// <c>created_at</c>, which is its commit's.
/// </summary>
internal static class SignedTimes
{
    /// <summary>In a push it is the time of that very push, in seconds since 1970; elsewhere it is written out.</summary>
    public static DateTimeOffset? OfPush(EnvelopeFields fields) => Newest(Read(fields.Repository?.PushedAt), Read(fields.Repository?.UpdatedAt));

    public static DateTimeOffset? OfPullRequest(EnvelopeFields fields) => Newest(Read(fields.PullRequest?.UpdatedAt), Read(fields.Repository?.PushedAt));

    public static DateTimeOffset? OfComment(EnvelopeFields fields) =>
        Newest(Read(Field(fields.Comment, "created_at")), Read(Field(fields.Comment, "updated_at")));

    /// <summary>Whoever edits an old release publishes nothing.</summary>
    public static DateTimeOffset? OfRelease(EnvelopeFields fields) =>
        EnvelopeFields.Text(fields.Action) is "published" ? Newest(Read(fields.Release?.PublishedAt), Read(fields.Release?.UpdatedAt)) : null;

    public static DateTimeOffset? OfDeployment(EnvelopeFields fields) => Newest(Read(fields.Deployment?.CreatedAt), Read(fields.Deployment?.UpdatedAt));

    public static DateTimeOffset? OfDeploymentStatus(EnvelopeFields fields) =>
        Newest(Read(fields.DeploymentStatus?.CreatedAt), Read(fields.DeploymentStatus?.UpdatedAt));

    /// <summary>
    /// None of these is later than the event, so that the newest says best when it was: should GitHub have written one of them before it
    /// changed it, another tells the truth.
    /// </summary>
    private static DateTimeOffset? Newest(DateTimeOffset? one, DateTimeOffset? other) => one > other || other is null ? one : other;

    private static JsonElement? Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field) ? field : null;

    /// <summary>When there was no GitHub there was no event: such a time tells nothing.</summary>
    private static DateTimeOffset? Read(JsonElement? element) => Parse(element) is { Year: >= 2008 } time ? time : null;

    private static DateTimeOffset? Parse(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var seconds)
            && seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() =>
            DateTimeOffset.FromUnixTimeSeconds(seconds),
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(
            text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => null,
    };
}
