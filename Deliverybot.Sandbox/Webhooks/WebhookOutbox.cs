using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Rest;

namespace Deliverybot.Sandbox.Webhooks;

/// <summary>Delivers events to the App, in order for each repository, and remembers how that went.</summary>
public sealed class WebhookOutbox : IAsyncDisposable
{
    private const string AppWide = "app";

    private readonly Lock _gate = new();
    private readonly List<WebhookDelivery> _deliveries = [];
    private readonly Queue<WebhookDelivery> _held = [];
    private readonly Dictionary<string, Task> _lanes = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebhookSender _sender;
    private long _lastId = 7_000_000;
    private bool _paused;

    internal WebhookOutbox(string secret, long appId, TimeProvider time) => _sender = new WebhookSender(secret, appId, time);

    /// <summary>Where the App listens; deliveries wait until it is known.</summary>
    public Uri? Url
    {
        get => _sender.Url;
        set
        {
            lock (_gate)
            {
                _sender.Url = value;
                ReleaseHeld();
            }
        }
    }

    /// <summary>Whether they are sent as a form, with the event as its field <c>payload</c>, as old hooks are.</summary>
    public bool AsForm
    {
        get => _sender.AsForm;
        set => _sender.AsForm = value;
    }

    /// <summary>Whether a secret is set, so that each is signed.</summary>
    public bool Signs
    {
        get => _sender.Signs;
        set => _sender.Signs = value;
    }

    /// <summary>What signs them: the App's owner may set another one.</summary>
    public string Secret
    {
        get => _sender.Secret;
        set => _sender.Secret = value;
    }

    /// <summary>While set, deliveries are kept back; they go out in order when it is reset.</summary>
    public bool Paused
    {
        get => _paused;
        set
        {
            lock (_gate)
            {
                _paused = value;
                ReleaseHeld();
            }
        }
    }

    /// <summary>All attempts, oldest first, those kept back included.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries
    {
        get
        {
            lock (_gate)
            {
                return [.. _deliveries];
            }
        }
    }

    /// <summary>Ends when all that was sent up to now has been answered or has failed.</summary>
    public async Task WaitUntilDeliveredAsync(CancellationToken cancellationToken = default)
    {
        Task[] open;
        lock (_gate)
        {
            open = _lanes.Values.Where(lane => !lane.IsCompleted).ToArray();
        }

        await Task.WhenAll(open).WaitAsync(cancellationToken);
    }

    /// <summary>Sends a delivery once more, with its GUID.</summary>
    public WebhookDelivery Redeliver(WebhookDelivery delivery) =>
        Add(delivery.Event, delivery.Action, delivery.InstallationId, delivery.RepositoryId, delivery.Body, delivery.Guid);

    /// <summary>Sends an event made by hand.</summary>
    public WebhookDelivery Send(string name, string? action, long? installationId, long? repositoryId, JsonObject body) =>
        Add(name, action, installationId, repositoryId, JsonSerializer.SerializeToUtf8Bytes(body, DeepJson.Sent), null);

    /// <summary>What GitHub sends when the webhook is set up.</summary>
    public WebhookDelivery Ping() => Send("ping", null, null, null, new JsonObject
    {
        ["zen"] = "Design for failure.",
        ["hook_id"] = WebhookSender.HookId,
        ["hook"] = new JsonObject
        {
            ["type"] = "App",
            ["id"] = WebhookSender.HookId,
            ["name"] = "web",
            ["active"] = true,
            ["app_id"] = _sender.AppId,
            ["events"] = new JsonArray(),
            ["created_at"] = _sender.Now().Iso(),
            ["updated_at"] = _sender.Now().Iso(),
            ["config"] = new JsonObject { ["content_type"] = "json", ["insecure_ssl"] = "0", ["url"] = Url?.ToString() },
        },
    });

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await WaitUntilDeliveredAsync();
        _sender.Dispose();
        _stopping.Dispose();
    }

    private bool Holding => _paused || _sender.Url is null;

    private void ReleaseHeld()
    {
        while (!Holding && _held.TryDequeue(out var delivery))
        {
            Queue(delivery);
        }
    }

    private WebhookDelivery Add(string name, string? action, long? installationId, long? repositoryId, ReadOnlyMemory<byte> body, Guid? redelivered)
    {
        lock (_gate)
        {
            var delivery = new WebhookDelivery
            {
                Id = ++_lastId,
                Guid = redelivered ?? Guid.NewGuid(),
                Event = name,
                Action = action,
                InstallationId = installationId,
                RepositoryId = repositoryId,
                Redelivery = redelivered is not null,
                Body = body,
            };
            _deliveries.Add(delivery);
            if (Holding)
            {
                _held.Enqueue(delivery);
            }
            else
            {
                Queue(delivery);
            }

            return delivery;
        }
    }

    private void Queue(WebhookDelivery delivery)
    {
        var lane = delivery.RepositoryId?.ToString(CultureInfo.InvariantCulture) ?? AppWide;
        var before = _lanes.GetValueOrDefault(lane, Task.CompletedTask);
        _lanes[lane] = Task.Run(async () =>
        {
            await before;
            await _sender.SendAsync(delivery, _stopping.Token);
        });
    }
}
