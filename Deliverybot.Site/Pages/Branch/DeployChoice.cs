using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile;

namespace Deliverybot.Site.Pages.Branch;

/// <summary>What can be deployed by hand here, or why nothing can.</summary>
internal abstract record DeployChoice
{
    private DeployChoice()
    {
    }

    /// <summary>These targets, if the user may write.</summary>
    internal sealed record Targets(IReadOnlyList<TargetName> Names) : DeployChoice;

    /// <summary>A repository without <c>deploy.yml</c>: a normal state.</summary>
    internal sealed record NoFile : DeployChoice;

    /// <summary>The file has faults: nothing is deployed until they are mended.</summary>
    internal sealed record Broken(IReadOnlyList<DeployFileError> Errors) : DeployChoice;

    /// <summary>GitHub gave no text for it.</summary>
    internal sealed record Unreadable(string Reason) : DeployChoice;
}
