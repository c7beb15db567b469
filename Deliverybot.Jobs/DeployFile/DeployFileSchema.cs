namespace Deliverybot.Jobs.DeployFile;

/// <summary>The JSON Schema (draft 7) of <c>deploy.yml</c>, for editors.</summary>
internal static class DeployFileSchema
{
    private const string Resource = "deploy.schema.json";

    /// <summary>The schema's bytes, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Utf8Json { get; } = Load();

    private static byte[] Load()
    {
        using var resource = typeof(DeployFileSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        var json = new byte[resource.Length];
        resource.ReadExactly(json);
        return json;
    }
}
