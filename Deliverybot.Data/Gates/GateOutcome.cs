namespace Deliverybot.Data.Gates;

public enum GateOutcome
{
    Pass,
    Wait,
    Deny,

    /// <summary>Nothing is left to do, and that is well: it is there already, or something newer took its place.</summary>
    Done,
}
