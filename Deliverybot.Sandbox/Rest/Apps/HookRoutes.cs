using System.Globalization;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Webhooks;

namespace Deliverybot.Sandbox.Rest.Apps;

/// <summary>The App's webhook deliveries. https://docs.github.com/en/rest/apps/webhooks</summary>
internal static class HookRoutes
{
    public static void Map(RouteTable routes)
    {
        routes.Get("/app/hook/config", Access.App, Config);
        routes.Get("/app/hook/deliveries", Access.App, List);
        routes.Get("/app/hook/deliveries/{delivery_id}", Access.App, call => RestAnswer.Ok(Full(call, Find(call))));
        routes.Post("/app/hook/deliveries/{delivery_id}/attempts", Access.App, Redeliver);
    }

    private static RestAnswer Config(RestCall call)
    {
        var hook = call.World.Webhooks;
        var json = new JsonObject { ["content_type"] = hook.AsForm ? "form" : "json", ["insecure_ssl"] = "0", ["url"] = hook.Url?.ToString() };
        if (hook.Signs)
        {
            // GitHub never says more of it.
            json["secret"] = "********";
        }

        return RestAnswer.Ok(json);
    }

    private static RestAnswer List(RestCall call)
    {
        var before = long.TryParse(call.Query("cursor"), CultureInfo.InvariantCulture, out var cursor) ? cursor : long.MaxValue;
        var older = call.World.Webhooks.Deliveries
            .Where(delivery => delivery.DeliveredAt is not null && delivery.Id < before)
            .OrderByDescending(delivery => delivery.Id)
            .Take(call.PerPage + 1)
            .ToList();
        var page = older.Take(call.PerPage).ToList();
        var answer = RestAnswer.Ok(page.ToJson(Short));
        if (older.Count > page.Count)
        {
            answer.Headers["Link"] = call.LinkTo("cursor", page[^1].Id.ToString(CultureInfo.InvariantCulture), "next");
        }

        return answer;
    }

    private static RestAnswer Redeliver(RestCall call)
    {
        call.World.Webhooks.Redeliver(Find(call));
        return new RestAnswer(202, new JsonObject());
    }

    private static WebhookDelivery Find(RestCall call)
    {
        var id = call.RouteId("delivery_id");
        return call.World.Webhooks.Deliveries.FirstOrDefault(delivery => delivery.Id == id) ?? throw RestRefusal.NotFound();
    }

    private static JsonObject Short(WebhookDelivery delivery) => new()
    {
        ["id"] = delivery.Id,
        ["guid"] = delivery.Guid.ToString(),
        ["delivered_at"] = delivery.DeliveredAt.Iso(),
        ["redelivery"] = delivery.Redelivery,
        ["duration"] = Math.Round(delivery.Duration.TotalSeconds, 2),
        ["status"] = delivery.Status,
        ["status_code"] = delivery.StatusCode ?? 0,
        ["event"] = delivery.Event,
        ["action"] = delivery.Action,
        ["installation_id"] = delivery.InstallationId,
        ["repository_id"] = delivery.RepositoryId,
        ["throttled_at"] = null,
    };

    private static JsonObject Full(RestCall call, WebhookDelivery delivery)
    {
        var json = Short(delivery);
        json["url"] = call.World.Webhooks.Url?.ToString();
        json["request"] = new JsonObject
        {
            ["headers"] = new JsonObject(delivery.RequestHeaders.Select(AppJson.Pair)),
            ["payload"] = JsonNode.Parse(delivery.Body.Span, documentOptions: DeepJson.Read),
        };
        json["response"] = new JsonObject { ["headers"] = new JsonObject(), ["payload"] = delivery.ResponseBody };
        return json;
    }
}
