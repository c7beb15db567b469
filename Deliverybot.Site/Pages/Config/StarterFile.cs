namespace Deliverybot.Site.Pages.Config;

/// <summary>What a repository may begin with.</summary>
internal static class StarterFile
{
    public const string Text =
        """
        # What is deployed where, and when. Each key: https://github.com/deliverybot/deliverybot
        staging:
          environment: staging
          auto_deploy_on: refs/heads/main

        production:
          environment: production
          after: [staging]
          auto_deploy_on: refs/heads/main
          queue: latest

        """;

    /// <summary>The same for a repository whose default branch is called otherwise.</summary>
    public static string For(string branch) => Text.Replace("refs/heads/main", $"refs/heads/{branch}", StringComparison.Ordinal);
}
