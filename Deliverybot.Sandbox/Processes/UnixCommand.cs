using System.Diagnostics;

namespace Deliverybot.Sandbox.Processes;

/// <summary>The few things that .NET has no call for.</summary>
internal static class UnixCommand
{
    /// <exception cref="InvalidOperationException">It failed; the message is the command's own.</exception>
    public static void Run(string program, params string[] arguments)
    {
        var (exitCode, error) = Execute(program, arguments);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {error}");
        }
    }

    public static bool TryRun(string program, params string[] arguments) => Execute(program, arguments).ExitCode == 0;

    private static (int ExitCode, string Error) Execute(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error.Trim());
    }
}
