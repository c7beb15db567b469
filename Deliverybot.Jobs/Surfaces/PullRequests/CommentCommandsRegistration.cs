using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Surfaces.PullRequests;

internal static class CommentCommandsRegistration
{
    public static IServiceCollection AddCommentCommands(this IServiceCollection services) => services
        .AddScoped<HelpAnswer>()
        .AddScoped<StatusAnswer>()
        .AddScoped<CommandAnswers>();
}
