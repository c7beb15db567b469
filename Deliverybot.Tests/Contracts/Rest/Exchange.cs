namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>One request to the REST API and its answer.</summary>
/// <param name="Path">Below the API's root.</param>
/// <param name="Query">The names of the query's parameters.</param>
/// <param name="Sent">The request's body, empty if there was none.</param>
/// <param name="ContentType">Of the answer.</param>
/// <param name="Answered">The answer's body, empty if there was none.</param>
internal sealed record Exchange(
    string Method, string Path, IReadOnlyList<string> Query, string Sent, int Status, string? ContentType, string Answered)
{
    public override string ToString() => $"{Method} {Path} → {Status}";
}
