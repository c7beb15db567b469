using System.Diagnostics;

namespace Deliverybot.Sandbox.PostgreSql;

/// <summary>The few file operations that .NET has no call for.</summary>
internal static class UnixCommand
{
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new PostgreSqlException($"{program} failed: {error.Trim()}");
        }
    }
}
