using Deliverybot.Jobs.Core;

namespace Deliverybot.Jobs.Upkeep;

/// <summary>For upkeep that comes by one environment after the other, again and again.</summary>
internal static class UnlessBusy
{
    /// <param name="act">Takes the turn of an environment.</param>
    public static async Task RunAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (TurnTakenException)
        {
            // Much happens there, and the others needn't wait for it: the next run comes by again.
        }
    }
}
