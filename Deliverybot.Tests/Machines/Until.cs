using Xunit;

namespace Deliverybot.Tests.Machines;

/// <summary>Waits for what processes of their own do, of which nothing tells.</summary>
internal static class Until
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="isTrue">Is asked again and again.</param>
    /// <param name="patience">Two minutes if left out.</param>
    /// <exception cref="TimeoutException">It doesn't become true.</exception>
    public static async Task TrueAsync(Func<Task<bool>> isTrue, TimeSpan? patience = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience ?? Patience);
        using var look = new PeriodicTimer(Look);
        try
        {
            while (!await isTrue())
            {
                await look.WaitForNextTickAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It didn't become true within {patience ?? Patience}.");
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan?)"/>
    public static Task TrueAsync(Func<bool> isTrue, TimeSpan? patience = null) => TrueAsync(() => Task.FromResult(isTrue()), patience);
}
