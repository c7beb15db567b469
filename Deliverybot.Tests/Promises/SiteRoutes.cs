using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Tests.Promises;

/// <summary>Every route that the Site has, so that a promise about all of them holds for one that is added tomorrow.</summary>
internal static class SiteRoutes
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["branch"] = "main",
        ["id"] = "1",
        ["sha"] = new string('0', 40),
        ["path"] = "",
    };

    public static IReadOnlyList<RouteEndpoint> Of(House house) =>
    [
        .. house.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null),
    ];

    /// <summary>The addresses below a repository.</summary>
    public static IReadOnlyList<string> OfRepository(House house, string fullName, string method) =>
    [
        .. Of(house)
            .Where(route => route.RoutePattern.GetParameter("repo") is not null && Takes(route, method))
            .Select(route => Address(route, fullName))
            .Distinct(),
    ];

    public static bool Takes(RouteEndpoint route, string method) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: [_, ..] methods } || methods.Contains(method);

    public static string Address(RouteEndpoint route, string fullName) =>
        "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => Text(part, fullName.Split('/'))))));

    private static string Text(RoutePatternPart part, string[] fullName) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { Name: "owner" } => fullName[0],
        RoutePatternParameterPart { Name: "repo" } => fullName[1],
        RoutePatternParameterPart parameter => Values.TryGetValue(parameter.Name, out var value)
            ? value
            : throw new KeyNotFoundException($"Say here what to put for {{{parameter.Name}}}."),
        _ => throw new NotSupportedException($"{part} is no part of a route that is known here."),
    };
}
