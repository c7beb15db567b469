namespace Deliverybot.Sandbox.GraphQl;

/// <summary>How refs are sorted.</summary>
internal sealed class RefOrder
{
    public string Field { get; set; } = "ALPHABETICAL";

    public string Direction { get; set; } = "ASC";
}
