using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>Somebody does something in a repository; afterwards the page shows it.</summary>
internal static class Act
{
    public static IResult In(SandboxServer server, string repository, Func<GitHubWorld, Repository, IResult?> act)
    {
        var world = server.World;
        return world.FindRepository(repository) is { } found
            ? act(world, found) ?? Results.Redirect($"/{found.FullName}")
            : Results.NotFound($"There is no repository {repository}.");
    }

    public static IResult By(SandboxServer server, string repository, string login, Func<GitHubWorld, Repository, Account, IResult?> act) =>
        In(server, repository, (world, found) => world.FindAccount(login) is { } account
            ? act(world, found, account)
            : Results.NotFound($"There is nobody called {login}."));

    /// <summary>As <see cref="By"/>, for those who may write.</summary>
    public static IResult ByWriter(SandboxServer server, string repository, string login, Func<GitHubWorld, Repository, Account, IResult?> act) =>
        By(server, repository, login, (world, found, account) => world.PermissionOf(account, found) >= RepositoryPermission.Write
            ? act(world, found, account)
            : Results.Text($"{login} may only read {repository}.", statusCode: StatusCodes.Status403Forbidden));
}
