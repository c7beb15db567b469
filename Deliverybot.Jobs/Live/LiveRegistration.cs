using Deliverybot.Jobs.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Live;

internal static class LiveRegistration
{
    /// <summary>To be called after the handlers that decide: a page that looks then sees what came of the push.</summary>
    public static IServiceCollection AddHeadNews(this IServiceCollection services) => services
        .AddSingleton<HeadNews>()
        .AddHostedService(provider => provider.GetRequiredService<HeadNews>())
        .AddKeyedScoped<IDeliveryHandler, HeadNewsHandler>("push");
}
