using Deliverybot.Jobs.Acts;
using Shouldly;

namespace Deliverybot.Tests.Jobs.Acts;

internal static class ActResultAssertions
{
    /// <returns>The result, to look at what it says.</returns>
    public static ActResult ShouldEndAs(this ActResult result, ActEnd end)
    {
        result.End.ShouldBe(end, result.Say());
        return result;
    }
}
