using Deliverybot.Jobs.DeployFile;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Schema;

/// <summary><c>GET /_/schema/deploy.json</c>: what editors check a <c>deploy.yml</c> by. It says nothing that isn't public.</summary>
internal static class SchemaEndpoints
{
    public static void MapSchema(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Address.Schema, () => Results.Bytes(DeployFileSchema.Utf8Json.ToArray(), "application/schema+json")).AllowAnonymous();
}
