using Deliverybot.Data.Deploying;

namespace Deliverybot.Jobs.DeployFile.Json;

/// <summary>What a deployment's row has kept of its target.</summary>
internal static class KeptTarget
{
    /// <summary>
    /// It does what its target is for. A person may have asked for another task: that brings the commit nowhere. Of what others have made
    /// no target is kept, and nothing says so. A rollback repeats the task of then, whatever the target's is by now.
    /// </summary>
    public static bool IsOfItsTask(this Deployment made) =>
        made.TargetDefinition is not { } definition || made.Act is DeploymentAct.Rollback || TargetJson.Read(definition).Task == made.Task;
}
