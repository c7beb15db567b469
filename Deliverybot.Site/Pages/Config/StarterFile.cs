namespace Deliverybot.Site.Pages.Config;

/// <summary>What a repository may begin with.</summary>
internal static class StarterFile
{
    /// <param name="schema">Where this site describes each key; editors that know the line offer the keys and check them.</param>
    public static string For(string branch, Uri? schema) =>
        $"""
        # What is deployed where, and when.
        {Described(schema)}staging:
          environment: staging
          auto_deploy_on: refs/heads/{branch}

        production:
          environment: production
          after: [staging]
          auto_deploy_on: refs/heads/{branch}
          queue: latest

        """;

    private static string Described(Uri? schema) => schema is null
        ? ""
        : $"""
        # Each key is described at the address below, by which editors help, too.
        # yaml-language-server: $schema={schema}

        """;
}
