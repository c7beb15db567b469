using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Deliverybot.Sandbox.TryOut;

/// <summary>What must be there before anything is started.</summary>
internal static class Prerequisites
{
    private const int OldestNode = 20;

    /// <exception cref="TryOutException">Names all that is missing.</exception>
    public static void Check(TryOutOptions options)
    {
        List<string> missing = [];
        if (!options.NoBuild)
        {
            missing.AddRange(Node());
        }

        missing.AddRange(Port(options.SitePort, "Deliverybot", "--site-port"));
        missing.AddRange(Port(options.Port, "the stand-in GitHub", "--port"));
        if (missing.Count > 0)
        {
            throw new TryOutException(string.Join(Environment.NewLine, missing));
        }
    }

    private static IEnumerable<string> Node()
    {
        if (Version("node") is not { } node)
        {
            yield return $"Node.js wasn't found; it brings npm, which fetches PostgreSQL and what the pages are dressed with. Install version {OldestNode} or newer from https://nodejs.org.";
        }
        else if (int.TryParse(node.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major < OldestNode)
        {
            yield return $"Node.js {node} is too old. Install version {OldestNode} or newer from https://nodejs.org.";
        }
        else if (Version("npm") is null)
        {
            yield return "npm wasn't found, though Node.js is there. Install it with your system's packages, or Node.js from https://nodejs.org, which brings it.";
        }
    }

    private static string? Version(string program)
    {
        // npm is a script on Windows, which only its shell can start.
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", ["/c", program, "--version"])
            : new ProcessStartInfo(program, ["--version"]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? version : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static IEnumerable<string> Port(int port, string user, string option)
    {
        if (!IsFree(IPAddress.Loopback, port) || (Socket.OSSupportsIPv6 && !IsFree(IPAddress.IPv6Loopback, port)))
        {
            yield return $"Port {port}, meant for {user}, is taken. End the program that uses it, or choose another one with {option}.";
        }
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode != SocketError.AddressAlreadyInUse && exception.SocketErrorCode != SocketError.AccessDenied;
        }
    }
}
