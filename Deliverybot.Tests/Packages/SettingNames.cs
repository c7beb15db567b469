using Deliverybot.Tests.Architecture;

namespace Deliverybot.Tests.Packages;

/// <summary>Names of variables, as they stand in the files of a package.</summary>
internal static class SettingNames
{
    /// <summary>What isn't ours, but .NET's: where the Site listens.</summary>
    private static readonly string[] Listening = ["ASPNETCORE_HTTP_PORTS", "ASPNETCORE_URLS"];

    public static IEnumerable<string> UnknownOf(IEnumerable<string> names) =>
        names.Where(name => !Listening.Contains(name) && !DocumentationTests.Settings.Contains(name.Replace("__", ":", StringComparison.Ordinal)));
}
