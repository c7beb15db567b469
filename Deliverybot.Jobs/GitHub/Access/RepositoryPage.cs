namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>A page of the repositories that a user reaches through one installation, and how many there are in all.</summary>
internal sealed record RepositoryPage(int TotalCount, IReadOnlyList<RepositoryInfo> Repositories)
{
    /// <summary>How many there are on a full page.</summary>
    public const int Size = 100;
}
