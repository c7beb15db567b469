using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Promotion;

internal static class PromotionRegistration
{
    public static IServiceCollection AddPromotion(this IServiceCollection services) => services.AddScoped<Promotions>();
}
