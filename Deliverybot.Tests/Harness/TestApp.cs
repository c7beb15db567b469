using Deliverybot.Sandbox;

namespace Deliverybot.Tests.Harness;

/// <summary>The App of all stand-ins of a run: making its key takes longer than starting a server, and nothing is kept by it.</summary>
internal static class TestApp
{
    private static readonly Lazy<AppCredentials> Made = new(AppCredentials.Generate);

    public static AppCredentials Credentials => Made.Value;
}
