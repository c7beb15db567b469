using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Operations;

/// <summary>Asks a running site whether it is ready, for whoever keeps a container running in which there is nothing else to ask with.</summary>
internal static class ReadyQuestion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>What it answered, or why it didn't; and whether that is that it is ready.</returns>
    public static async Task<(bool IsReady, string Answer)> AskAsync(Uri root, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient { BaseAddress = root, Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(Address.HealthReady, cancellationToken);
            return (answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (false, exception.Message);
        }
    }
}
