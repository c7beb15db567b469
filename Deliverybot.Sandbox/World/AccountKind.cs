namespace Deliverybot.Sandbox.World;

/// <summary>GitHub's <c>type</c> of an account.</summary>
public enum AccountKind
{
    User,
    Organization,
    Bot,
}
