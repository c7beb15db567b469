using System.Runtime.InteropServices;

namespace Deliverybot.Sandbox.TryOut;

/// <summary>Ctrl+C, and its like from other processes. A second one, later, ends this process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    // One Ctrl+C can arrive twice: from the terminal, and from the process that started us.
    private static readonly TimeSpan SameSignal = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private long? first;

    public StopSignals() =>
        registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGHUP)];

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        first ??= TimeProvider.System.GetTimestamp();
        context.Cancel = TimeProvider.System.GetElapsedTime(first.Value) < SameSignal;
        source.Cancel();
    });
}
