using Deliverybot.Data.Names;
using Shouldly;

namespace Deliverybot.Tests;

/// <summary>What people read of a sentence that is kept.</summary>
internal static class SentenceAssertions
{
    public static void ShouldBe(this Sentence? sentence, string? expected) => ((string?)sentence).ShouldBe(expected);

    public static void ShouldStartWith(this Sentence? sentence, string expected) => ((string?)sentence).ShouldNotBeNull().ShouldStartWith(expected);

    public static void ShouldContain(this Sentence? sentence, string expected) => ((string?)sentence).ShouldNotBeNull().ShouldContain(expected);
}
