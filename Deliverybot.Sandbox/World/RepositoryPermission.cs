namespace Deliverybot.Sandbox.World;

/// <summary>What a user may do in a repository, least first.</summary>
public enum RepositoryPermission
{
    None,
    Read,
    Triage,
    Write,
    Maintain,
    Admin,
}
