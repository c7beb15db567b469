using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Pages.Shared;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>Which part of the repositories is asked for, as the address says it.</summary>
/// <param name="Owner">The account; null: all that the user reaches.</param>
/// <param name="Number">The page of an account's repositories, from 1.</param>
/// <param name="Find">Words that are in the names to show; null for all.</param>
/// <param name="AllNeeds">Whether everything that needs somebody is listed, however much that is.</param>
internal sealed record ReachedQuery(GitHubLogin? Owner, int Number, string? Find, bool AllNeeds)
{
    public const int First = 1;

    private const string All = "all";

    public IEnumerable<KeyValuePair<string, string?>> Parts =>
    [
        new("find", Find),
        new("number", Number == First ? null : Number.ToString(CultureInfo.InvariantCulture)),
        new("needs", AllNeeds ? All : null),
    ];

    public string Changes => Address.ReachedChanges(Owner?.Value, Parts);

    public string Page(int number) => Address.Reached(Owner?.Value, (this with { Number = number }).Parts);

    public string WithAllNeeds => Address.Reached(Owner?.Value, (this with { AllNeeds = true }).Parts);

    public static ReachedQuery Of(string? owner, int number, string? find, string? needs) =>
        new(owner is null ? null : new GitHubLogin(owner), Math.Max(number, First), find?.Trim() is { Length: > 0 } words ? words : null, needs == All);

    public bool Matches(RepositoryName repository) =>
        (Find ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .All(word => repository.ToString().Contains(word, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The repositories that a user reaches: what of them needs that user, and what is live where.</summary>
/// <param name="Accounts">In the order of their names.</param>
/// <param name="Needs">Of all repositories, whatever is searched for.</param>
/// <param name="State">What the tab of the browser shows.</param>
internal sealed record ReachedView(ReachedQuery Query, IReadOnlyList<AccountView> Accounts, NeedsView Needs, PageState State)
{
    /// <summary>Whether some repositories are not on the page: then typing has to ask the server.</summary>
    public bool IsPart => Query.Find is not null || Accounts.Any(account => account.Lines.Count < account.Total);

    public string Title => $"{(Needs.Count > 0 ? $"{Needs.Summary} · " : "")}{Query.Owner?.Value ?? "Repositories"}";
}

/// <summary>An account that the App is installed in, as far as the user reaches it.</summary>
/// <param name="Account">The organisation or user.</param>
/// <param name="IsSuspended">Whether the account has told GitHub to suspend the App.</param>
/// <param name="Columns">The environments that most of the repositories shown have, in the order of the pipelines.</param>
/// <param name="HasOthers">Whether some have others beside these.</param>
/// <param name="Lines">Its repositories on this page.</param>
/// <param name="Total">How many there are in all, or of a search how many were found.</param>
/// <param name="Unread">How many GitHub wasn't asked for: nothing of them is shown or found.</param>
internal sealed record AccountView(
    GitHubLogin Account,
    string? Avatar,
    bool IsSuspended,
    IReadOnlyList<EnvironmentName> Columns,
    bool HasOthers,
    IReadOnlyList<RepositoryLine> Lines,
    int Total,
    int Unread)
{
    public string Id => $"places-{Account}";

    /// <summary>Another one for another head of the table.</summary>
    public string Stamp => Stamps.Of([.. Columns.Select(column => column.Value), HasOthers]);
}

/// <summary>A repository with its environments.</summary>
/// <param name="Places">In the order of the table's columns; null where it has no such environment.</param>
/// <param name="Others">Those that have no column.</param>
/// <param name="HasPreviews">Whether it has had nothing but previews.</param>
internal sealed record RepositoryLine(
    RepositoryId Id,
    RepositoryName Name,
    string? Description,
    bool IsPrivate,
    IReadOnlyList<PlaceView?> Places,
    IReadOnlyList<PlaceView> Others,
    bool HasPreviews)
{
    public string Anchor => $"repository-{Id}";

    public bool IsEmpty => Others.Count == 0 && Places.All(place => place is null);

    /// <summary>Another one for another row.</summary>
    public string Stamp => Stamps.Of([Name, Description, IsPrivate, HasPreviews, .. Places.Concat(Others.Prepend(null)).SelectMany(place => place?.Shown ?? [""])]);
}
