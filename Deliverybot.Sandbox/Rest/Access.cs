using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest;

/// <summary>What a route asks of its caller; for a repository, the App's permission that covers it.</summary>
internal sealed record Access(AccessKind Kind, string Permission = "", string Level = "")
{
    public static Access Anyone { get; } = new(AccessKind.Anyone);

    public static Access App { get; } = new(AccessKind.App);

    public static Access User { get; } = new(AccessKind.User);

    public static Access Installation { get; } = new(AccessKind.Installation);

    /// <summary>What a person needs for it: everybody who reads may also comment and react.</summary>
    public RepositoryPermission PersonNeeds =>
        Level == "write" && Permission != "issues" ? RepositoryPermission.Write : RepositoryPermission.Read;

    public static Access Read(string permission) => new(AccessKind.Repository, permission, "read");

    public static Access Write(string permission) => new(AccessKind.Repository, permission, "write");
}
