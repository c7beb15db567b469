using Deliverybot.Sandbox.Rendering;

namespace Deliverybot.Sandbox.Rest.Apps;

/// <summary>Gives the keys of a registered App, once. https://docs.github.com/en/rest/apps/apps#create-a-github-app-from-a-manifest</summary>
internal static class ManifestRoutes
{
    public static void Map(RouteTable routes) => routes.Post("/app-manifests/{code}/conversions", Access.Anyone, Convert);

    private static RestAnswer Convert(RestCall call)
    {
        if (!call.World.Manifests.Redeem(call.Route("code")))
        {
            throw RestRefusal.NotFound();
        }

        var app = call.World.App;
        var json = AppJson.Of(call.World);
        json["client_secret"] = app.ClientSecret;
        json["webhook_secret"] = app.WebhookSecret;
        json["pem"] = app.PrivateKeyPem;
        // From here on GitHub sends the App's webhooks to where its manifest says.
        call.World.Webhooks.Url = new Uri((string)call.World.Manifests.Newest!["hook_attributes"]!["url"]!);
        return RestAnswer.Created(json);
    }
}
