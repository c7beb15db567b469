using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Deliverybot.Tests.Site.Operations;

/// <summary>What a house's own site measures from now on, of one instrument: <c>value tag tag</c>.</summary>
internal sealed class Measured : IDisposable
{
    private readonly ConcurrentQueue<string> seen = new();
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MeterListener listener = new();

    public Measured(House house, string instrument)
    {
        var meters = house.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (published, listening) =>
        {
            if (published.Name == instrument && published.Meter.Scope == meters)
            {
                listening.EnableMeasurementEvents(published);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => See(FormattableString.Invariant($"{value}"), tags));
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => See(FormattableString.Invariant($"{value}"), tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => See(FormattableString.Invariant($"{value:F0}"), tags));
        listener.Start();
    }

    public IReadOnlyList<string> All => [.. seen];

    public Task FirstAsync() => first.Task.WaitAsync(Happenings.Patience, TestContext.Current.CancellationToken);

    /// <summary>Asks those that tell how it is when they are asked.</summary>
    public IReadOnlyList<string> Observe()
    {
        seen.Clear();
        listener.RecordObservableInstruments();
        return All;
    }

    public void Dispose() => listener.Dispose();

    private void See(string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        seen.Enqueue(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Value}").Prepend(value)));
        first.TrySetResult();
    }
}
