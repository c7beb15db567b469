namespace Deliverybot.Site.Web;

internal static class WebRegistration
{
    private const long MostUnknown = 96L * 1024 * 1024;
    private const long KeptForSmall = 32L * 1024 * 1024;

    /// <summary>One room for all bodies of this process, whichever endpoint they are for.</summary>
    public static IServiceCollection AddUnknownBodies(this IServiceCollection services) => services
        .AddSingleton(new UnknownBytes(MostUnknown, KeptForSmall))
        .AddSingleton<UnknownBodies>();
}
