using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>Where somebody does something; afterwards the repository's page shows it, or another one says why it can't be done.</summary>
/// <param name="server">GitHub.</param>
/// <param name="refused">The page that says why, and leads back to an address.</param>
internal sealed class Stage(SandboxServer server, Func<int, string, string, IResult> refused)
{
    private const int LongestMessage = 200;

    public SandboxServer Server => server;

    /// <param name="act">Null: it is done.</param>
    public IResult In(string repository, Func<GitHubWorld, Repository, IResult?> act) =>
        server.World.FindRepository(repository) is { } found
            ? act(server.World, found) ?? Results.Redirect($"/{found.FullName}")
            : refused(StatusCodes.Status404NotFound, $"There is no repository {repository}.", "/");

    public IResult By(string repository, string login, Func<GitHubWorld, Repository, Account, IResult?> act) =>
        In(repository, (world, found) =>
            world.FindAccount(login) is not { } account ? Missing(found, $"There is nobody called {login}.")
            : world.PermissionOf(account, found) < RepositoryPermission.Read ? Missing(found, $"{login} can’t see {found.FullName}.")
            : act(world, found, account));

    /// <summary>As <see cref="By"/>, for those who may write.</summary>
    public IResult ByWriter(string repository, string login, Func<GitHubWorld, Repository, Account, IResult?> act) =>
        By(repository, login, (world, found, account) => world.PermissionOf(account, found) >= RepositoryPermission.Write
            ? act(world, found, account)
            : refused(StatusCodes.Status403Forbidden, $"{login} may only read {repository}.", $"/{found.FullName}"));

    public IResult Missing(Repository repository, string why) => Missing(why, $"/{repository.FullName}");

    public IResult Missing(string why, string back) => refused(StatusCodes.Status404NotFound, why, back);

    /// <summary>It can't be done as things are, or not with these words.</summary>
    public IResult Refuse(Repository repository, string why) => Refuse(why, $"/{repository.FullName}");

    public IResult Refuse(string why, string back) => refused(StatusCodes.Status422UnprocessableEntity, why, back);

    /// <returns>What is wrong with the first line of a commit, or a title; null: nothing.</returns>
    public static string? FaultOfMessage(string message) =>
        string.IsNullOrWhiteSpace(message) ? "Say in a few words what it is."
        : message.Length > LongestMessage ? $"That is longer than {LongestMessage} characters."
        : null;
}
