namespace Deliverybot.Sandbox.Rest;

/// <summary>Collects routes.</summary>
internal sealed class RouteTable
{
    private readonly List<RestRoute> _routes = [];

    public IReadOnlyList<RestRoute> Routes => _routes;

    public void Get(string template, Access access, Func<RestCall, RestAnswer> handle) => Add(new RestRoute("GET", template, access, handle));

    public void Post(string template, Access access, Func<RestCall, RestAnswer> handle) => Add(new RestRoute("POST", template, access, handle));

    public void Patch(string template, Access access, Func<RestCall, RestAnswer> handle) => Add(new RestRoute("PATCH", template, access, handle));

    public void Delete(string template, Access access, Func<RestCall, RestAnswer> handle) => Add(new RestRoute("DELETE", template, access, handle));

    public void Add(RestRoute route) => _routes.Add(route);
}
