namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>Where GitHub itself strays from its description, or the stand-in does on purpose.</summary>
internal static class ContractExceptions
{
    private static readonly ContractException[] All =
    [
    ];

    public static bool Excuse(Exchange exchange, string fault) => All.Any(exception => exception.Covers(exchange, fault));
}
