using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Sandbox.PostgreSql;

/// <summary>Who runs PostgreSQL when we are root: PostgreSQL refuses to.</summary>
internal sealed record UnprivilegedUser(string Name)
{
    /// <summary>Null where we are somebody ordinary ourselves. (On Windows <c>pg_ctl</c> gives up its rights by itself.)</summary>
    public static UnprivilegedUser? Needed()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        string[] preferred = ["postgres", "nobody"];
        return preferred.FirstOrDefault(known.Contains) is { } name
            ? new UnprivilegedUser(name)
            : throw new PostgreSqlException(
                "PostgreSQL refuses to run as root, and there is neither a user 'postgres' nor 'nobody' to run it as. "
                + "Start this as an ordinary user, or set ConnectionStrings__Deliverybot.");
    }

    /// <summary>Gives the folder to this user.</summary>
    public void Own(string folder) => UnixCommand.Run("chown", "-R", Name, folder);
}
