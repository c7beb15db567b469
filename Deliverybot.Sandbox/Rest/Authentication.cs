using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest;

/// <summary>Finds out from the Authorization header who calls.</summary>
internal sealed class Authentication(GitHubWorld world, AppJwt jwt)
{
    public async Task<Caller> CallerOfAsync(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var blank = header.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0 || header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return new Caller.Anonymous();
        }

        var token = header[(blank + 1)..].Trim();
        if (token.Count(letter => letter == '.') == 2)
        {
            await jwt.RequireValidAsync(token);
            return new Caller.AsApp();
        }

        if (world.Tokens.FindUser(token) is { } user)
        {
            return new Caller.AsUser(user);
        }

        if (world.Tokens.FindInstallation(token) is { } found && world.FindInstallation(found.InstallationId) is { } installation)
        {
            return installation.SuspendedAt is null
                ? new Caller.AsInstallation(installation, found)
                : throw RestRefusal.Of(403, "This installation has been suspended");
        }

        throw RestRefusal.BadCredentials();
    }
}
