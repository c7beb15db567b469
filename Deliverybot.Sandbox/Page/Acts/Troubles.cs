using Deliverybot.Sandbox.Faults;
using Deliverybot.Sandbox.Page.Views;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>
/// GitHub slow, down or at its rate limit, for programs alone: these pages go on, and so do webhooks, so that one sees what becomes of what
/// happens meanwhile.
/// </summary>
internal sealed class Troubles(SandboxServer server)
{
    private static readonly FaultRule Slow = new() { Latency = TimeSpan.FromSeconds(2) };
    private static readonly FaultRule Down = new() { ErrorShare = 1, ErrorStatus = 503, ErrorMessage = "No server is currently available to service your request." };

    // At GitHub it takes up to an hour; nobody waits for that here.
    private static readonly TimeSpan LimitLasts = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private Trouble trouble;

    public Trouble Now => trouble == Trouble.Limited && Ends is null ? Trouble.None : trouble;

    /// <summary>When it ends by itself; null: it doesn't.</summary>
    public DateTimeOffset? Ends => server.RateLimitReachedUntil is { } until && until > server.World.Time.GetUtcNow() ? until : null;

    public void Map(RouteGroupBuilder acts, Stage stage) =>
        acts.MapPost("/trouble", ([FromForm] Trouble trouble, [FromForm] string back) =>
        {
            Begin(trouble);
            return back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal)
                ? Results.Redirect(back)
                : stage.Missing("There is no such page.", "/");
        });

    private void Begin(Trouble wanted)
    {
        lock (gate)
        {
            server.Faults.Remove(Slow);
            server.Faults.Remove(Down);
            server.RateLimitReachedUntil = wanted == Trouble.Limited ? server.World.Time.GetUtcNow() + LimitLasts : null;
            if (wanted is Trouble.Slow or Trouble.Down)
            {
                server.Faults.Add(wanted == Trouble.Slow ? Slow : Down);
            }

            trouble = wanted;
        }
    }
}
