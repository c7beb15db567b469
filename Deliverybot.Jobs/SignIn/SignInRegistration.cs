using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.SignIn;

internal static class SignInRegistration
{
    public static IServiceCollection AddPersonalData(this IServiceCollection services) => services.AddScoped<PersonalData>();
}
