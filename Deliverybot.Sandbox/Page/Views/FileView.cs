using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary><c>.github/deploy.yml</c> on a branch, to be edited.</summary>
/// <param name="Exists">Else it is to be created.</param>
/// <param name="Content">As it is, or as it is proposed.</param>
/// <param name="Authors">Who may commit it.</param>
public sealed record FileView(string Repository, string Branch, bool Exists, string Content, IReadOnlyList<PersonView> Authors)
{
    public const string Path = ".github/deploy.yml";

    public string Title => $"{(Exists ? "Edit" : "Create")} {Path}";

    /// <returns>Null where there is no such branch.</returns>
    internal static FileView? Of(GitHubWorld world, Repository repository, string branch, string? proposed) => world.Read(_ =>
    {
        if (!repository.Heads.TryGetValue(branch, out var head))
        {
            return null;
        }

        var now = repository.Objects.Get(head).Files.GetValueOrDefault(Path);
        return new FileView(
            repository.FullName,
            branch,
            now is not null,
            now ?? proposed ?? string.Empty,
            [.. PersonView.AllFor(world, repository).Where(person => person.MayWrite)]);
    });
}
