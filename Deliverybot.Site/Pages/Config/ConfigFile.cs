using Deliverybot.Jobs.DeployFile;
using Deliverybot.Jobs.DeployFile.Faults;

namespace Deliverybot.Site.Pages.Config;

/// <summary>What a repository has for a <c>deploy.yml</c>.</summary>
internal abstract record ConfigFile
{
    private ConfigFile()
    {
    }

    /// <summary>The file as it was written; null where there is none, or far too much.</summary>
    public virtual string? Text => null;

    public sealed record Absent : ConfigFile;

    /// <summary>There is none, but one of ours with another ending.</summary>
    public sealed record Misnamed : ConfigFile;

    public sealed record Workflow : ConfigFile;

    public sealed record Unreadable(string Reason) : ConfigFile;

    public sealed record Faulty(string? Written, IReadOnlyList<DeployFileError> Errors) : ConfigFile
    {
        public override string? Text => Written;
    }

    public sealed record Sound(string Written, DeployTargets Targets) : ConfigFile
    {
        public override string? Text => Written;
    }
}
