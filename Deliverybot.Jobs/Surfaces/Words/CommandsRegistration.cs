using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Surfaces.Words;

internal static class CommandsRegistration
{
    /// <summary>With every act that a command calls: one more needs no line here.</summary>
    public static IServiceCollection AddCommands(this IServiceCollection services)
    {
        foreach (var act in typeof(ActCommand).Assembly.GetTypes().Select(ActOf).OfType<Type>().Distinct())
        {
            services.AddScoped(act);
        }

        return services;
    }

    private static Type? ActOf(Type command) =>
        command.BaseType is { IsGenericType: true } called && called.GetGenericTypeDefinition() == typeof(ActCommand<>) ? called.GetGenericArguments()[0] : null;
}
