using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Jobs.Acts.Rollbacks;

/// <summary>Where a rollback happens.</summary>
internal abstract record RollbackPlace
{
    private RollbackPlace()
    {
    }

    public sealed record At(Target Target, EnvironmentName Environment) : RollbackPlace;

    public sealed record Unknown(string Reason) : RollbackPlace;
}
