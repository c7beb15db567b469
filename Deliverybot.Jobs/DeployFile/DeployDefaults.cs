using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>What a target has where <c>deploy.yml</c> doesn't say.</summary>
internal static class DeployDefaults
{
    public const string Task = "deploy";

    public static readonly Template Environment = Template.Parse("production");

    public static readonly Template Description = Template.Parse("");
}
