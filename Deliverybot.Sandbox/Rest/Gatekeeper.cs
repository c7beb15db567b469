using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest;

/// <summary>
/// Lets a caller through to a route or refuses as GitHub does: 404 for what may not be seen, 403 for what the App's
/// permissions don't cover. A user token reaches what both the App and the person may.
/// </summary>
internal static class Gatekeeper
{
    public static void Admit(GitHubWorld world, Caller caller, Access access, Repository? repository)
    {
        switch (access.Kind)
        {
            case AccessKind.App when caller is not Caller.AsApp:
                throw RestRefusal.Of(401, "A JSON web token could not be decoded");
            case AccessKind.User when caller is Caller.Anonymous:
            case AccessKind.Installation when caller is Caller.Anonymous:
                throw RestRefusal.Of(401, "Requires authentication");
            case AccessKind.User when caller is not Caller.AsUser:
            case AccessKind.Installation when caller is not Caller.AsInstallation:
                throw RestRefusal.NotForIntegrations();
            case AccessKind.Repository:
                AdmitTo(world, caller, access, repository ?? throw RestRefusal.NotFound());
                break;
        }
    }

    /// <summary>Whether the caller is told at all that the repository exists.</summary>
    public static bool MaySee(GitHubWorld world, Caller caller, Repository repository) => !repository.Private || caller switch
    {
        Caller.AsInstallation token => Reaches(token, repository),
        Caller.AsUser token => world.PermissionOf(token.Token.User, repository) >= RepositoryPermission.Read
            && world.InstallationOf(repository) is not null,
        _ => false,
    };

    private static bool Reaches(Caller.AsInstallation caller, Repository repository) =>
        caller.Installation.Covers(repository) && caller.Token.Repositories?.Contains(repository.Id) != false;

    private static void AdmitTo(GitHubWorld world, Caller caller, Access access, Repository repository)
    {
        if (!MaySee(world, caller, repository))
        {
            throw RestRefusal.NotFound();
        }

        switch (caller)
        {
            case Caller.AsApp:
                throw RestRefusal.NotForIntegrations();
            case Caller.Anonymous when access.Level == "write":
                throw RestRefusal.Of(401, "Requires authentication");
            case Caller.AsInstallation token when Reaches(token, repository)
                ? !Allows(token.Token.Permissions ?? token.Installation.Permissions, access)
                : access.Level == "write":
                throw RestRefusal.NotForIntegrations();
            case Caller.AsUser token:
                AdmitPerson(world, token, access, repository);
                break;
        }

        if (access.Level == "write" && repository.Archived)
        {
            throw RestRefusal.Of(403, "Repository was archived so is read-only.");
        }
    }

    private static void AdmitPerson(GitHubWorld world, Caller.AsUser caller, Access access, Repository repository)
    {
        var installation = world.InstallationOf(repository);
        var appAllows = installation is null
            ? access.Level == "read"
            : installation.SuspendedAt is null && Allows(installation.Permissions, access);
        if (!appAllows || world.PermissionOf(caller.Token.User, repository) < access.PersonNeeds)
        {
            throw RestRefusal.NotForIntegrations();
        }
    }

    private static bool Allows(IReadOnlyDictionary<string, string> permissions, Access access) =>
        permissions.TryGetValue(access.Permission, out var level) && (access.Level == "read" || level == "write");
}
