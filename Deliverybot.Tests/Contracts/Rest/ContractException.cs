namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>A fault that isn't one.</summary>
/// <param name="Path">Part of the path of the requests concerned, empty for all.</param>
/// <param name="Fault">Part of the fault's text.</param>
/// <param name="Reason">Why it is none.</param>
internal sealed record ContractException(string Path, string Fault, string Reason)
{
    public bool Covers(Exchange exchange, string fault) =>
        exchange.Path.Contains(Path, StringComparison.Ordinal) && fault.Contains(Fault, StringComparison.Ordinal);
}
