namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>Wakes the dispatcher of this process. What other processes store is found by its sweep.</summary>
internal sealed class DispatchSignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is raised already: one look at the table serves both.
        }
    }

    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _raised.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _raised.Dispose();
}
