namespace Deliverybot.Jobs.DeployFile;

/// <summary>The key <c>queue</c>: how deployments to a busy environment follow each other.</summary>
internal enum QueueMode
{
    /// <summary>No queue: deployments may overlap.</summary>
    None,

    /// <summary>One at a time; only the newest waiting one stays.</summary>
    Latest,

    /// <summary>One at a time, each in its turn.</summary>
    All,
}
