using System.Globalization;

namespace Deliverybot.Sandbox.TryOut;

/// <summary>What the command line asks for.</summary>
internal sealed record TryOutOptions
{
    public const string Usage = """
        Starts PostgreSQL, a stand-in GitHub and Deliverybot, to try it out on this machine.

          dotnet run --project Deliverybot.Sandbox [-- options]

          --site-port <port>  where Deliverybot answers (5000)
          --port <port>       where the stand-in GitHub answers (5001)
          --data <folder>     where data and logs are kept (.data)
          --reset             forget all that earlier runs have kept
          --no-build          use the Site as it was last built
          --help              show this

        ConnectionStrings__Deliverybot, if it is set, names the PostgreSQL database to use instead of a private one.
        """;

    public int SitePort { get; init; } = 5000;

    public int Port { get; init; } = 5001;

    public string? DataFolder { get; init; }

    public bool Reset { get; init; }

    public bool NoBuild { get; init; }

    public bool Help { get; init; }

    public Uri SiteUrl => new($"http://localhost:{SitePort}");

    public Uri GitHubUrl => new($"http://localhost:{Port}");

    /// <exception cref="TryOutException">An option is unknown or has no value.</exception>
    public static TryOutOptions Parse(IEnumerable<string> arguments)
    {
        var options = new TryOutOptions();
        using var words = arguments.GetEnumerator();
        while (words.MoveNext())
        {
            options = words.Current switch
            {
                "--site-port" => options with { SitePort = PortAfter("--site-port", words) },
                "--port" => options with { Port = PortAfter("--port", words) },
                "--data" => options with { DataFolder = ValueAfter("--data", words) },
                "--reset" => options with { Reset = true },
                "--no-build" => options with { NoBuild = true },
                "--help" or "-h" => options with { Help = true },
                var other => throw new TryOutException($"'{other}' is no option of this command.{Environment.NewLine}{Environment.NewLine}{Usage}"),
            };
        }

        return options.SitePort == options.Port
            ? throw new TryOutException($"The Site and the stand-in GitHub can't both use port {options.Port}.")
            : options;
    }

    private static string ValueAfter(string option, IEnumerator<string> words) =>
        words.MoveNext() ? words.Current : throw new TryOutException($"{option} needs a value.");

    private static int PortAfter(string option, IEnumerator<string> words)
    {
        var text = ValueAfter(option, words);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new TryOutException($"{option} needs a number from 1 to 65535, not '{text}'.");
    }
}
