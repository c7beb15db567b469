using Deliverybot.Jobs.Events.Deliveries;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Webhooks;

internal static class WebhooksRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton(provider => WebhookSignatureOf(provider.GetRequiredService<SecretsInUse>()))
        .AddSingleton<WebhookEndpoint>();

    private static WebhookSignature WebhookSignatureOf(SecretsInUse secrets) => new(() => secrets.Now.WebhookSecrets);

    /// <summary>Anonymous: the signature is the right. Runs before sign-in and antiforgery, which it doesn't need.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        routes.ServiceProvider.GetRequiredService<WebhookMetrics>().Begin();
        routes.MapPost(Address.Webhooks, (HttpContext context, WebhookEndpoint endpoint) => endpoint.ReceiveAsync(context.Request, context.RequestAborted))
            .ShortCircuit();
    }
}
