namespace Deliverybot.Data.SignIn;

/// <summary>A data-protection key as ASP.NET Core stores it (wrapped by the operator's certificate). Written by the site's own key context only.</summary>
public sealed class DataProtectionKeyRow
{
    public int Id { get; private set; }

    public string? FriendlyName { get; init; }

    public string? Xml { get; init; }
}
