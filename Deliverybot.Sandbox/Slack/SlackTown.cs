using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Deliverybot.Sandbox.Slack;

/// <summary>A Slack workspace: its people, its channels, and what they ask the app.</summary>
public sealed class SlackTown : IDisposable
{
    private readonly ConcurrentDictionary<string, SlackConversation> conversations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SlackConversation> history = new();
    private readonly TimeProvider time;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };

    internal SlackTown(TimeProvider time)
    {
        this.time = time;
        Codes = new SlackCodes(time);
    }

    public SlackCredentials App { get; } = SlackCredentials.Generate();

    public string TeamId { get; } = "T0ACME";

    public string TeamName { get; } = "Acme";

    public IReadOnlyList<SlackMember> Members { get; } = [new("U0ADA", "ada"), new("U0RITA", "rita"), new("U0OLIVE", "olive")];

    public IReadOnlyList<SlackRoom> Rooms { get; } = [new("C0DEPLOYS", "deploys"), new("C0GENERAL", "general")];

    /// <summary>Its root, as the app knows it.</summary>
    public Uri Url { get; set; } = new("http://127.0.0.1");

    /// <summary>The app's request URL for slash commands and events.</summary>
    public Uri? RequestUrl { get; set; }

    /// <summary>Whether the app was added.</summary>
    public bool HasApp { get; internal set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SlackConversation> Conversations => [.. history];

    internal SlackCodes Codes { get; }

    public SlackMember Member(string name) => Members.Single(member => member.Name == name);

    /// <summary>Somebody types the slash command, and Slack sends it.</summary>
    public async Task<SlackConversation> SayAsync(SlackMember by, SlackRoom room, string text, CancellationToken cancellationToken)
    {
        var (conversation, responseUrl) = Begin(by, room, text);
        using var request = Sign(CommandBody(by, room, text, responseUrl));
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request, cancellationToken);
        conversation.Took = Stopwatch.GetElapsedTime(started);
        conversation.Status = (int)answer.StatusCode;
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (answer.IsSuccessStatusCode && body.Length > 0)
        {
            conversation.Acknowledge(JsonNode.Parse(body)!.AsObject());
        }

        return conversation;
    }

    /// <summary>Somebody has typed the slash command: where its answers go.</summary>
    public (SlackConversation Conversation, Uri ResponseUrl) Begin(SlackMember by, SlackRoom room, string text)
    {
        var conversation = new SlackConversation(by, room, $"/deliverybot {text}", time.GetUtcNow());
        var id = RandomNumberGenerator.GetHexString(24, lowercase: true);
        conversations[id] = conversation;
        history.Enqueue(conversation);
        return (conversation, new Uri(Url, $"/commands/{TeamId}/{id}"));
    }

    /// <summary>A command's form, as Slack sends it.</summary>
    public string CommandBody(SlackMember by, SlackRoom room, string text, Uri responseUrl, string? team = null) => Form(new()
    {
        ["team_id"] = team ?? TeamId,
        ["team_domain"] = TeamName.ToLowerInvariant(),
        ["channel_id"] = room.Id,
        ["channel_name"] = room.Name,
        ["user_id"] = by.Id,
        ["user_name"] = by.Name,
        ["command"] = "/deliverybot",
        ["text"] = text,
        ["api_app_id"] = "A0DELIVERYBOT",
        ["is_enterprise_install"] = "false",
        ["response_url"] = responseUrl.AbsoluteUri,
        ["trigger_id"] = RandomNumberGenerator.GetHexString(24, lowercase: true),
    });

    /// <summary>Signs what is sent (<see href="https://docs.slack.dev/authentication/verifying-requests-from-slack"/>).</summary>
    public HttpRequestMessage Sign(string body, DateTimeOffset? at = null, string contentType = "application/x-www-form-urlencoded", string? secret = null)
    {
        var seconds = (at ?? time.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? App.SigningSecret), Encoding.UTF8.GetBytes($"v0:{seconds}:{body}"));
        return new HttpRequestMessage(HttpMethod.Post, RequestUrl ?? throw new InvalidOperationException("The app has no request URL."))
        {
            Content = new StringContent(body, Encoding.UTF8, contentType),
            Headers =
            {
                { "X-Slack-Signature", $"v0={Convert.ToHexStringLower(hash)}" },
                { "X-Slack-Request-Timestamp", seconds },
            },
        };
    }

    /// <summary>The workspace removes the app; the app is told.</summary>
    public async Task RemoveAppAsync(CancellationToken cancellationToken)
    {
        HasApp = false;
        var body = new JsonObject
        {
            ["type"] = "event_callback",
            ["team_id"] = TeamId,
            ["api_app_id"] = "A0DELIVERYBOT",
            ["event"] = new JsonObject { ["type"] = "app_uninstalled" },
            ["event_id"] = RandomNumberGenerator.GetHexString(10),
            ["event_time"] = time.GetUtcNow().ToUnixTimeSeconds(),
        };
        using var request = Sign(body.ToJsonString(), contentType: "application/json");
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();

    /// <returns>Null for an address that Slack hasn't given.</returns>
    internal SlackConversation? Find(string id) => conversations.GetValueOrDefault(id);

    private static string Form(Dictionary<string, string> fields) =>
        string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
}
