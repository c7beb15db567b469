using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>What a target has where <c>deploy.yml</c> doesn't say.</summary>
internal static class DeployDefaults
{
    public const string Task = "deploy";

    public const int LongestEnvironment = 255;

    /// <summary>GitHub doesn't say how long a task may be; the name of an environment may have as many characters.</summary>
    public const int LongestTask = LongestEnvironment;

    public static readonly EnvironmentName Production = new("production");

    public static readonly Template Environment = Template.Parse(Production.Value);

    public static readonly Template Description = Template.Parse("");
}
