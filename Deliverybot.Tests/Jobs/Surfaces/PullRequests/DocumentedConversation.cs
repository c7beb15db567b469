using System.Text.RegularExpressions;
using Deliverybot.Sandbox.Processes;
using Shouldly;

namespace Deliverybot.Tests.Jobs.Surfaces.PullRequests;

/// <summary>docs/pull-requests.md shows answers as they look: what is said here has to stand there, but for commits, times and addresses.</summary>
internal static partial class DocumentedConversation
{
    private static readonly string Page = Normal(string.Join('\n', File.ReadAllLines(RepositoryFolder.Of("docs", "pull-requests.md"))
        .Where(line => line.StartsWith('>')).Select(line => line[1..].TrimStart(' '))));

    public static string ShouldBeDocumented(this string? answer)
    {
        answer.ShouldNotBeNull();
        Page.ShouldContain(Normal(answer), customMessage: answer);
        return answer;
    }

    // The page quotes answers, so that a quotation in one is a quotation in a quotation there.
    private static string Normal(string markdown)
    {
        var typed = markdown.Replace("&#8203;", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal);
        var plain = string.Join('\n', typed.Split('\n').Select(line => line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line).Select(line => line.TrimEnd()));
        return Time.Replace(Commit.Replace(Address.Replace(plain, "]()"), "COMMIT"), "TIME");
    }

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"\b[0-9a-f]{7}\b")]
    private static partial Regex Commit { get; }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d")]
    private static partial Regex Time { get; }
}
