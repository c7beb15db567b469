using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox.OAuth;
using Deliverybot.Sandbox.World;
using Microsoft.AspNetCore.WebUtilities;

namespace Deliverybot.Sandbox.Registering;

/// <summary>
/// GitHub's page on which a person registers an App from a manifest, for their own account or an organisation, laid out as on github.com
/// and Enterprise Server alike: <see href="https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest"/>.
/// Whoever comes is taken for signed in, and for an owner.
/// </summary>
internal static class ManifestPages
{
    private const string Own = "/settings/apps/new";
    private const string OfOrganisation = "/organizations/{organisation}/settings/apps/new";
    private const int LongestName = 34;

    public static void Map(WebApplication web, GitHubWorld world)
    {
        foreach (var route in new[] { Own, OfOrganisation })
        {
            web.MapPost(route, (Delegate)((HttpContext context) => AnswerAsync(context, world)));
        }
    }

    /// <summary>Shows what was asked for; the same form with <c>create</c> registers it.</summary>
    private static async Task<IResult> AnswerAsync(HttpContext context, GitHubWorld world)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (context.Request.RouteValues["organisation"] is string login && world.FindAccount(login) is not { Kind: AccountKind.Organization })
        {
            return Results.NotFound();
        }

        var (manifest, fault) = Read(form["manifest"].ToString());
        if (manifest is null)
        {
            return Results.Text($"The manifest is not valid: {fault}", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        var state = context.Request.Query["state"].ToString();
        if (form["create"].Count == 0)
        {
            return ConsentPage.Show(
                $"Create GitHub App “{manifest["name"]}”",
                $"It may: {WebUtility.HtmlEncode(string.Join(", ", Pairs(manifest["default_permissions"])))}.",
                $"{context.Request.Path}{context.Request.QueryString}",
                [("manifest", manifest.ToJsonString())],
                [("create", "yes", "Create GitHub App")]);
        }

        var code = world.Manifests.Register(manifest);
        return Results.Redirect(QueryHelpers.AddQueryString((string)manifest["redirect_url"]!, new Dictionary<string, string?> { ["code"] = code, ["state"] = state }));
    }

    private static (JsonObject? Manifest, string Fault) Read(string text)
    {
        try
        {
            var manifest = JsonNode.Parse(text) as JsonObject;
            return manifest is null ? (null, "it is no object")
                : FaultOf(manifest) is { } fault ? (null, fault)
                : (manifest, string.Empty);
        }
        catch (JsonException exception)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>What GitHub refuses: a name of more than 34 letters, addresses that are none, permissions and events that it doesn't know.</summary>
    private static string? FaultOf(JsonObject manifest) =>
        manifest["name"]?.ToString() is not { Length: > 0 and <= LongestName } ? "Name is missing or too long"
        : new[] { manifest["url"], manifest["redirect_url"], manifest["hook_attributes"]?["url"] }.Any(url => !Uri.TryCreate(url?.ToString(), UriKind.Absolute, out _)) ? "URL is not valid"
        : Unknown(Pairs(manifest["default_permissions"]), AppManifest.Permissions.Select(each => $"{each.Key}: {each.Value}")) is { } permission ? $"Permission {permission} is not supported here"
        : Unknown((manifest["default_events"] as JsonArray ?? []).Select(name => $"{name}"), AppManifest.Events) is { } name ? $"Event {name} is not supported here"
        : null;

    private static IEnumerable<string> Pairs(JsonNode? permissions) => (permissions as JsonObject ?? []).Select(each => $"{each.Key}: {each.Value}");

    private static string? Unknown(IEnumerable<string> wanted, IEnumerable<string> known) => wanted.Except(known).FirstOrDefault();
}
