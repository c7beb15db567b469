namespace Deliverybot.Sandbox.Processes;

/// <summary>The folder of the working copy that the running program was built in.</summary>
public static class RepositoryFolder
{
    private static readonly Lazy<string> Root = new(() =>
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Deliverybot.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside a working copy of Deliverybot: no folder above it has Deliverybot.sln.");
    });

    public static string Of(params string[] parts) => Path.Combine([Root.Value, .. parts]);
}
