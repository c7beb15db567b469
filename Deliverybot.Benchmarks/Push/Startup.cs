namespace Deliverybot.Benchmarks.Push;

/// <summary>How the Site came up.</summary>
/// <param name="OnEmptyDatabase">From process start to the first acknowledged webhook, migrations included.</param>
/// <param name="Again">The same on a database that is up to date.</param>
/// <param name="FirstDeployment">From sending that first webhook to its deployment's arrival: everything is cold.</param>
/// <param name="IdleResident">In bytes, five seconds later.</param>
internal sealed record Startup(TimeSpan OnEmptyDatabase, TimeSpan Again, TimeSpan FirstDeployment, long IdleResident)
{
    /// <summary>How long the Site is left alone before its idle memory is read.</summary>
    public static TimeSpan Rest { get; } = TimeSpan.FromSeconds(5);
}
