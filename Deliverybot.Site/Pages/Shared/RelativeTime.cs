using Humanizer;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>
/// A time as people say it: "3 minutes ago", "in 1 hour". The script <c>times.js</c> keeps it true in the same words, so that nothing
/// moves on the page when it takes over.
/// </summary>
internal static class RelativeTime
{
    private static readonly (string Name, TimeSpan Length)[] Units =
    [
        ("year", TimeSpan.FromDays(365)),
        ("month", TimeSpan.FromDays(30)),
        ("day", TimeSpan.FromDays(1)),
        ("hour", TimeSpan.FromHours(1)),
        ("minute", TimeSpan.FromMinutes(1)),
    ];

    public static string Of(DateTimeOffset at, DateTimeOffset now)
    {
        // What has just been locked for four hours ends in four, not in three.
        var isToCome = at > now;
        var distance = isToCome ? TimeSpan.FromMinutes(Rounded((at - now).TotalMinutes)) : now - at;
        foreach (var (name, length) in Units)
        {
            if (distance >= length)
            {
                return isToCome ? $"in {name.ToQuantity((int)Rounded(distance / length))}" : $"{name.ToQuantity((int)(distance / length))} ago";
            }
        }

        return isToCome ? "in a moment" : "just now";
    }

    private static double Rounded(double number) => Math.Round(number, MidpointRounding.AwayFromZero);
}
