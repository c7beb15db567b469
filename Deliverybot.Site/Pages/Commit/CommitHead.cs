using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Commits;

namespace Deliverybot.Site.Pages.Commit;

/// <summary>Who made a commit, when and with which words; these are cut where nobody would read on.</summary>
internal sealed record CommitHead(
    CommitSha Sha, string Headline, string? Body, string Author, string? Avatar, DateTimeOffset? At, bool IsCut)
{
    private const int LongestHeadline = 200;
    private const int LongestBody = 5000;

    /// <summary>Where GitHub, which alone knows, doesn't answer.</summary>
    public static CommitHead Unanswered(CommitSha sha) => new(sha, $"Commit {sha.Short}", null, "", null, null, IsCut: false);

    public static CommitHead Of(GitHubCommit commit)
    {
        var message = (commit.Commit.Message ?? "").Split('\n', 2);
        var headline = message[0].Trim();
        var body = message.Length > 1 ? message[1].Trim() : "";
        return new CommitHead(
            commit.Sha,
            headline.Length == 0 ? "No message" : Cut(headline, LongestHeadline),
            body.Length == 0 ? null : Cut(body, LongestBody),
            commit.Author?.Login.Value ?? commit.Commit.Author?.Name ?? "somebody",
            commit.Author?.AvatarUrl,
            commit.Commit.Committer?.Date ?? commit.Commit.Author?.Date,
            IsCut: headline.Length > LongestHeadline || body.Length > LongestBody);
    }

    /// <summary>Never through the middle of what a reader takes for one character.</summary>
    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = 0;
        while (StringInfo.GetNextTextElementLength(text, end) is var next && end + next <= most)
        {
            end += next;
        }

        return text[..end] + "…";
    }
}
