using System.Diagnostics;

namespace Deliverybot.Sandbox.Processes;

/// <summary>
/// A command that is carried out when this process ends without having time for it, as after <c>kill -9</c>: a shell
/// waits for the end of its standard input, which is the end of this process. It ignores the Ctrl+C that a terminal
/// sends to it as well. (On Windows there is none.)
/// </summary>
internal sealed class LastWill : IDisposable
{
    private readonly Process? shell;

    private LastWill(Process? shell) => this.shell = shell;

    /// <param name="prepare">Chooses user and folder of the shell.</param>
    /// <param name="command">Program and arguments.</param>
    public static LastWill Write(Action<ProcessStartInfo> prepare, params string[] command)
    {
        if (OperatingSystem.IsWindows())
        {
            return new LastWill(null);
        }

        var start = new ProcessStartInfo("/bin/sh", ["-c", "trap '' INT TERM HUP; cat >/dev/null; exec \"$@\" 2>/dev/null", "last-will", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        prepare(start);
        return new LastWill(Process.Start(start));
    }

    /// <summary>Revokes it: the command isn't carried out any more.</summary>
    public void Dispose()
    {
        shell?.Kill(entireProcessTree: true);
        shell?.Dispose();
    }
}
