using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Calendar;
using Deliverybot.Jobs.Core;

namespace Deliverybot.Site.Pages.Config;

/// <summary>A file and an event to try it with, as they were sent.</summary>
public sealed record TryForm
{
    internal const string Push = "push";
    internal const string PullRequest = "pr";
    internal const string Tag = "tag";
    internal const string Release = "release";

    internal static readonly IReadOnlyList<(string Value, string Label)> Events =
        [(Push, "Push to branch"), (PullRequest, "Pull request from branch"), (Tag, "Push of tag"), (Release, "Release of tag")];

    private const int LongestRef = 255;

    public string? File { get; init; }

    public string? Event { get; init; }

    public string? Ref { get; init; }

    public string? Number { get; init; }

    /// <summary>When it would happen: <c>fri 18:00</c>, <c>2026-11-27 18:00</c>; empty: now.</summary>
    public string? At { get; init; }

    /// <returns>Null where <paramref name="fault"/> says what is missing.</returns>
    internal RehearsalEvent? Read(out string fault)
    {
        fault = "";
        if (Name is not { } name)
        {
            fault = "Name a branch or tag: up to 255 characters, without white space.";
            return null;
        }

        switch (Event)
        {
            case Push:
                return RehearsalEvent.Push(GitRef.Branch(name));
            case Tag:
                return RehearsalEvent.Push(GitRef.Tag(name));
            case Release:
                return RehearsalEvent.Release(GitRef.Tag(name));
            case PullRequest:
                return RehearsalEvent.Opened(
                    new PullRequestNumber(int.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1),
                    GitRef.Branch(name));
            default:
                fault = "Choose what happens: a push, a pull request, a tag or a release.";
                return null;
        }
    }

    /// <summary>The time to try it at, by the clock of a zone; null where none is named, or <paramref name="fault"/> says what to write.</summary>
    internal DateTimeOffset? ReadTime(TimeZoneInfo zone, DateTimeOffset now, out string fault)
    {
        fault = "";
        if (string.IsNullOrWhiteSpace(At))
        {
            return null;
        }

        var at = Moment.TryParse(At.Trim(), zone, now);
        fault = at is null ? "Write a day and a time to try it at, such as fri 18:00 or 2026-12-24 18:00." : "";
        return at;
    }

    /// <summary>Also where it was written in full.</summary>
    private string? Name => Ref?.Trim() is { Length: > 0 and <= LongestRef } text && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
        ? new GitRef(text).ShortName is { Length: > 0 } name ? name : null
        : null;
}
