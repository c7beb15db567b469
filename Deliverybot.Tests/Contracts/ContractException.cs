namespace Deliverybot.Tests.Contracts;

/// <summary>A fault that isn't one: GitHub itself strays from its description there, or the stand-in does on purpose.</summary>
/// <param name="About">Part of the request's path or of the event's name; empty for all.</param>
/// <param name="Fault">Part of the fault's text.</param>
/// <param name="Reason">Why it is none.</param>
internal sealed record ContractException(string About, string Fault, string Reason)
{
    public bool Covers(string about, string fault) =>
        about.Contains(About, StringComparison.Ordinal) && fault.Contains(Fault, StringComparison.Ordinal);
}
