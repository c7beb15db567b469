namespace Deliverybot.Site.Addresses;

/// <summary>What people do by forms. Each is an address below the repository, by its name.</summary>
public enum ActName
{
    Deploy,
    Promote,
    Lock,
    Unlock,
    Rollback,
    Cancel,
}
