using Deliverybot.Jobs.Calendar;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.Gates;
using Shouldly;

namespace Deliverybot.Tests.Jobs.Gates;

internal static partial class Situations
{
    private const string Berlin = "Europe/Berlin";

    private static readonly DateTimeOffset Thursday = new(2026, 11, 26, 16, 5, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Friday = new(2026, 11, 27, 17, 0, 0, TimeSpan.Zero);

    internal static IEnumerable<GateFacts> Freeze(Wisher wisher) =>
        from may in wisher.Force ? Either : [false]
        from frozen in new (Freezes? Ours, AccountFreeze? Account)[]
        {
            (null, null),
            (new Freezes([Christmas]), null),
            (new Freezes([Christmas with { Reason = "" }]), null),
            (new Freezes([Christmas with { Until = new DateTime(2027, 1, 9), Reason = "stock-taking" }, Weekend]), null),
            (new Freezes([Christmas with { Environments = ["staging"] }]), null),
            (null, new AccountFreeze("acme", new Freeze { From = new DateTime(2026, 12, 28), Until = new DateTime(2026, 12, 29, 12, 0, 0), Reason = "incident 4711" })),
            (null, new AccountFreeze("acme", new Freeze { Reason = "incident 4711" }) { By = Grace, Until = new DateTimeOffset(2026, 12, 29, 11, 0, 0, TimeSpan.Zero) }),
            (null, new AccountFreeze("acme", new Freeze { Reason = "incident 4711" }) { By = Grace }),
            (null, new AccountFreeze("acme", new Freeze { Reason = "incident 4711" }) { By = Grace, Until = new DateTimeOffset(2026, 12, 28, 11, 0, 0, TimeSpan.Zero) }),
        }
        let target = (Func<Target, Target>)(target => target with { TimeZone = Berlin, Freezes = frozen.Ours })
        select Facts(wisher, target) with
        {
            Now = new DateTimeOffset(2026, 12, 28, 11, 0, 0, TimeSpan.Zero),
            FreezeRight = FreezeRight.Nobody with { May = may },
            Account = new AccountFacts("Asia/Tokyo", frozen.Account is { } account ? [account] : []),
        };

    internal static IEnumerable<GateFacts> Window(Wisher wisher) =>
        from window in new[] { null, new Window([SpanOf("mon-thu 09:00-16:00"), SpanOf("fri 09:00-12:00")]) }
        from now in new[] { Friday, new DateTimeOffset(2026, 11, 26, 14, 59, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 28, 10, 0, 0, TimeSpan.Zero) }
        select Facts(wisher, target => target with { Window = window, TimeZone = Berlin }) with { Now = now };

    internal static IEnumerable<GateFacts> Soak(Wisher wisher) =>
        from soak in new TimeSpan?[] { null, TimeSpan.FromMinutes(30) }
        from earlier in new[]
        {
            new SoakFacts(Staging, Thursday),
            new SoakFacts(Staging, Since: null),
            new SoakFacts(Staging, Since: null) { WentBackTo = OtherSha, IsRolledBack = true },
            new SoakFacts(Staging, Since: null) { WentBackTo = OtherSha },
        }
        from now in new[] { Thursday.AddMinutes(29.9), Thursday.AddMinutes(30) }
        select Facts(wisher, target => target with { After = [Staging], Soak = soak }) with { Now = now, Soak = soak is null ? [] : [earlier] };

    private static Freeze Christmas { get; } = new() { From = new DateTime(2026, 12, 19), Until = new DateTime(2027, 1, 5), Reason = "Christmas" };

    private static Freeze Weekend { get; } = new() { Weekly = WeeklySpan.TryParse("fri 16:00 - mon 07:00", out _), Reason = "weekend" };

    private static WindowSpan SpanOf(string text) => WindowSpan.TryParse(text, out var misread) ?? throw new ShouldAssertException($"{text}: {misread}");
}
