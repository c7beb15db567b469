using System.Text;

namespace Deliverybot.Sandbox.Rendering;

/// <summary>Global ids as GraphQL knows them: opaque, unlike for each kind and id.</summary>
internal static class NodeId
{
    public static string Of(string kind, long id) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{kind}:{id}"));
}
