using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Acts.Locks;

/// <summary>An environment that a person named.</summary>
internal abstract record EnvironmentChoice
{
    private EnvironmentChoice()
    {
    }

    /// <param name="Environment">Spelt as it is known here.</param>
    public sealed record Known(EnvironmentName Environment) : EnvironmentChoice;

    public sealed record Unknown(string Reason) : EnvironmentChoice;
}
