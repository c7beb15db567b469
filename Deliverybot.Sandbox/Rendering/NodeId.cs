using System.Text;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>Global ids as GraphQL knows them: opaque, unlike for each kind and id.</summary>
internal static class NodeId
{
    /// <summary>GraphQL's <c>databaseId</c> is an Int and empty for larger ids.</summary>
    public static int? AsInt(long id) => id <= int.MaxValue ? (int)id : null;

    public static string Of(string kind, long id) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{kind}:{id}"));
}
