using System.Security.Cryptography;
using System.Text;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Sandbox.PostgreSql;

/// <summary>Folders that an unprivileged user can get to, for when root runs us: root's home is closed to others.</summary>
internal static class OpenFolder
{
    /// <summary>The folder itself if others can get to it; else one of its own that they can.</summary>
    public static string InsteadOf(string folder)
    {
        if (IsOpen(Path.GetDirectoryName(folder)))
        {
            return folder;
        }

        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..12];
        return Path.Combine("/var/lib/deliverybot", $"{Path.GetFileName(folder)}-{key}");
    }

    /// <summary>The folder itself if others can read it; else a copy, made once, in a place where only root can write.</summary>
    public static string CopyOf(string folder, string name)
    {
        if (IsOpen(folder))
        {
            return folder;
        }

        var copy = Path.Combine("/var/cache/deliverybot", name);
        if (!Directory.Exists(copy))
        {
            Make(Path.GetDirectoryName(copy)!);
            var unfinished = $"{copy}.{Guid.NewGuid():N}";
            UnixCommand.Run("cp", "-R", folder, unfinished);
            UnixCommand.Run("chmod", "-R", "a+rX", unfinished);
            MoveUnlessThere(unfinished, copy);
        }

        return copy;
    }

    public static void Make(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!IsOpen(folder))
        {
            UnixCommand.Run("chmod", "a+rx", folder);
        }
    }

    private static void MoveUnlessThere(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
        }
        catch (IOException) when (Directory.Exists(to))
        {
            Directory.Delete(from, recursive: true);
        }
    }

    private static bool IsOpen(string? folder)
    {
        for (var path = folder; path is not null; path = Path.GetDirectoryName(path))
        {
            if (Directory.Exists(path) && !OperatingSystem.IsWindows() && !File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }
}
