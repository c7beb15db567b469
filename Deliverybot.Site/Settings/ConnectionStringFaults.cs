using Deliverybot.Jobs.Engine;
using Npgsql;

namespace Deliverybot.Site.Settings;

internal static class ConnectionStringFaults
{
    /// <summary>The message never repeats the text: there is a password in it.</summary>
    public static IEnumerable<string> In(IConfiguration configuration, string name)
    {
        var text = configuration.GetConnectionString(name);
        if (string.IsNullOrWhiteSpace(text))
        {
            yield return $"ConnectionStrings:{name} is missing: set it to a PostgreSQL database, for example Host=localhost;Database=deliverybot;Username=deliverybot;Password=….";
        }
        else if (!IsReadable(text))
        {
            yield return $"ConnectionStrings:{name} can't be read: write it like Host=localhost;Database=deliverybot;Username=deliverybot;Password=….";
        }
        else if (PoolSizes.Given(text) < PoolSizes.Least)
        {
            yield return $"ConnectionStrings:{name} allows too few connections: set Maximum Pool Size to {PoolSizes.Least} or more, or leave it out for {PoolSizes.Usual}.";
        }
    }

    private static bool IsReadable(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is not null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }
}
