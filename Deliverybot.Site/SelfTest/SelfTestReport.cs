namespace Deliverybot.Site.SelfTest;

/// <summary>What <c>Deliverybot.Site check</c> writes: a line for each finding, and beneath it what to do.</summary>
internal static class SelfTestReport
{
    /// <returns>Whether nothing is bad.</returns>
    public static async Task<bool> WriteAsync(IReadOnlyList<Checked> all, TextWriter output)
    {
        foreach (var (made, finding) in all.SelectMany(made => made.Findings.Select(finding => (made, finding))))
        {
            await output.WriteLineAsync($"{Mark(finding.Verdict)} {made.Name}: {finding.Says}{Advice(finding)}");
        }

        return all.All(made => made.Worst != Verdict.Bad);
    }

    private static string Advice(Finding finding) =>
        (finding.Remedy is { } remedy ? $" {remedy}" : "") + (finding.Page is { } page ? $" ({page})" : "");

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Good => "ok  ",
        Verdict.Note => "note",
        Verdict.Warning => "warn",
        Verdict.Bad => "BAD ",
    };
}
