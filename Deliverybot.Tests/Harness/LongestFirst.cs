using Deliverybot.Tests.Browser;
using Deliverybot.Tests.Harness;
using Xunit;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Deliverybot.Tests.Harness;

/// <summary>The two classes that take longest begin first: whichever began last would run on alone when all others have ended.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [typeof(AccessibilityTests).FullName!, typeof(NewcomerTests).FullName!];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : Xunit.Sdk.ITestCollection =>
        [.. testCollections.OrderByDescending(collection => Longest.Any(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
}
