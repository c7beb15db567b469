using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Deliverybot.Jobs.GitHub.Transport;

/// <summary>Lists that GitHub gives in pages: <see href="https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api"/>.</summary>
internal static class Pages
{
    /// <summary>Every page from the first on, each asked for when the one before has been used up.</summary>
    public static async IAsyncEnumerable<TPage> ReadPagesAsync<TPage>(
        this GitHubTransport transport,
        GitHubCall first,
        JsonTypeInfo<TPage> type,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var call = first; call is not null;)
        {
            var answer = await transport.SendAsync(call, cancellationToken);
            yield return answer.Read(type);
            call = answer.NextPage is { } next ? call with { Address = next } : null;
        }
    }

    public static async IAsyncEnumerable<T> ReadAllAsync<T>(
        this GitHubTransport transport,
        GitHubCall first,
        JsonTypeInfo<T[]> type,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in transport.ReadPagesAsync(first, type, cancellationToken))
        {
            foreach (var item in page)
            {
                yield return item;
            }
        }
    }
}
