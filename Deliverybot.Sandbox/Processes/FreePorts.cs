using System.Net;
using System.Net.Sockets;

namespace Deliverybot.Sandbox.Processes;

/// <summary>
/// Ports for programs that have to be told theirs. They lie below those that systems give to outgoing connections (from 32768 on Linux, from
/// 49152 elsewhere), one of which would else have taken the port by the time the program listens; and no port is named twice.
/// </summary>
internal static class FreePorts
{
    private const int First = 20_000;
    private const int Last = 32_000;

    private static int s_next = Random.Shared.Next(First, Last);

    /// <exception cref="InvalidOperationException">Every one of them is in use.</exception>
    public static int Next()
    {
        for (var tried = First; tried < Last; tried++)
        {
            var port = First + ((Interlocked.Increment(ref s_next) & int.MaxValue) % (Last - First));
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No port between {First} and {Last} is free.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
