using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Data.Deliveries;
using Deliverybot.Jobs.GitHub.Reading;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>An event of GitHub's, by the name under which it is sent, and what becomes of it.</summary>
internal sealed record Route(string Event)
{
    /// <summary>Others lead to nothing; empty: all lead to something, or the event has none.</summary>
    public ImmutableArray<string> Actions { get; private init; } = [];

    /// <summary>Each an <see cref="IDeliveryHandler"/>, in the order in which they are called.</summary>
    public ImmutableArray<Type> Handlers { get; private init; } = [];

    /// <summary>Every App gets it: there is nothing to subscribe to.</summary>
    public bool IsSentUnasked { get; init; }

    /// <summary>
    /// It counts once by what is signed: see <see cref="ToldOnce"/>. Not where it only makes us look at how things are: the body may be the
    /// same again (a repository is taken from the App, given back and taken again), and to look once more does no harm.
    /// </summary>
    public bool CountsOnce { get; init; } = true;

    public Func<EnvelopeFields, DateTimeOffset?> SignedAt { get; init; } = _ => null;

    /// <summary>The check that it tells of, for which something may wait.</summary>
    public Func<EnvelopeFields, CheckSignal?> Check { get; init; } = _ => null;

    /// <summary>People talk, and that is nothing to us.</summary>
    public Func<EnvelopeFields, bool> IsTalk { get; init; } = _ => false;

    public static Route Of(string eventName, params ImmutableArray<string> actions) => new(eventName) { Actions = actions };

    public Route To<T>()
        where T : IDeliveryHandler => this with { Handlers = Handlers.Add(typeof(T)) };

    /// <summary>One whose action can't be read isn't passed over: whoever handles it says what it lacks.</summary>
    public bool Wants(EnvelopeFields fields) =>
        (Actions.IsEmpty || EnvelopeFields.Text(fields.Action) is not { } action || Actions.Contains(action)) && !IsTalk(fields);
}

/// <summary>The routes that there are.</summary>
internal sealed class RouteTable(ImmutableArray<Route> routes)
{
    public IEnumerable<string> Events => routes.Select(route => route.Event);

    /// <returns>Null where the event leads to nothing.</returns>
    public Route? Find(string eventName) => routes.FirstOrDefault(route => route.Event == eventName);
}

/// <summary>What is done about one kind of event. Named by its <see cref="Route"/>; may be called again for the same delivery.</summary>
internal interface IDeliveryHandler
{
    Task HandleAsync(WebhookDelivery delivery, CancellationToken cancellationToken);
}

internal static class DeliveryReading
{
    /// <summary>Reads the body as the event it is.</summary>
    /// <exception cref="UnreadableDeliveryException">It lacks what the event needs.</exception>
    public static T Read<T>(this WebhookDelivery delivery, JsonTypeInfo<T> type)
    {
        try
        {
            return TolerantJson.Read(delivery.Body, type) ?? throw new JsonException("The body is null.");
        }
        catch (JsonException fault)
        {
            throw new UnreadableDeliveryException($"The {delivery.Event} event of delivery {delivery.Guid} can't be read: {fault.Message} It stands at {fault.Path ?? "an unknown place"}.", fault);
        }
    }
}

/// <summary>An event lacks what GitHub documents for it: trying again can't help.</summary>
internal sealed class UnreadableDeliveryException(string message, Exception cause) : Exception(message, cause);
