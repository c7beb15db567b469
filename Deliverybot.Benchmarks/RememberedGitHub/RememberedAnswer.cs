namespace Deliverybot.Benchmarks.RememberedGitHub;

/// <summary>What the stand-in GitHub said.</summary>
internal sealed record RememberedAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string ContentType, byte[] Body)
{
    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (Body.Length > 0)
        {
            response.ContentType = ContentType;
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, cancellationToken);
        }
    }
}
