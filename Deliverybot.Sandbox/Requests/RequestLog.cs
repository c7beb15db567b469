using System.Collections.Concurrent;

namespace Deliverybot.Sandbox.Requests;

/// <summary>Every request, oldest first.</summary>
public sealed class RequestLog
{
    private readonly ConcurrentQueue<RequestLogEntry> _entries = new();

    public IReadOnlyList<RequestLogEntry> All => [.. _entries];

    /// <summary>Requests to routes that this GitHub doesn't have; a test should find none.</summary>
    public IReadOnlyList<RequestLogEntry> UnknownRoutes => [.. _entries.Where(entry => entry.Route.Length == 0)];

    public void Clear() => _entries.Clear();

    internal void Add(RequestLogEntry entry) => _entries.Enqueue(entry);
}
