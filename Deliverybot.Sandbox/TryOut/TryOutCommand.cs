using Deliverybot.Sandbox.PostgreSql;

namespace Deliverybot.Sandbox.TryOut;

/// <summary><c>dotnet run --project Deliverybot.Sandbox</c>.</summary>
internal static class TryOutCommand
{
    /// <returns>0 after Ctrl+C, 1 if it couldn't start or the Site has died.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var signals = new StopSignals();
        try
        {
            var options = TryOutOptions.Parse(arguments);
            if (options.Help)
            {
                Console.WriteLine(TryOutOptions.Usage);
                return 0;
            }

            await RunAsync(options, signals.Token);
            return 0;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            Console.WriteLine("Stopped.");
            return 0;
        }
        catch (Exception exception) when (exception is TryOutException or PostgreSqlException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task RunAsync(TryOutOptions options, CancellationToken cancellationToken)
    {
        Prerequisites.Check(options);
        await using var run = new TryOutRun(options);
        if (options.Reset)
        {
            run.Reset();
        }

        SiteProcess? site = null;
        await Steps.ShowAsync(async steps => site = await run.StartAsync(steps, cancellationToken));
        Announce(options, run.Continues);
        await site!.Ended.WaitAsync(cancellationToken);
        throw site.WhyItEnded();
    }

    private static void Announce(TryOutOptions options, bool continues)
    {
        Console.WriteLine(
            $"""

            Ready: sign in, deploy, push, and watch.

              Deliverybot         {options.SiteUrl.OriginalString}  (sign in as ada, who may write, or as rita, who may only read)
              Stand-in for GitHub {options.GitHubUrl.OriginalString}  (push commits, open pull requests, finish checks)
              Stand-in for Slack  {options.GitHubUrl.OriginalString}/_/slack  (type commands, see the answers)

            """);
        if (continues)
        {
            Console.WriteLine("Deployments of earlier runs are still known; the stand-in has forgotten what was pushed. --reset begins anew.");
        }

        Console.WriteLine("Ctrl+C stops all of it.");
    }
}
