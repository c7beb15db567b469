using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Privacy;

internal static class PrivacyRegistration
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddScoped<PersonalData>()
        .AddScoped<ForgetJob>();
}
