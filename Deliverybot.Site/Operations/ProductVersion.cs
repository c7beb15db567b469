using System.Reflection;

namespace Deliverybot.Site.Operations;

/// <summary>Which Deliverybot this is: its version, and after a plus the commit that it was built from, where that is known.</summary>
internal static class ProductVersion
{
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
