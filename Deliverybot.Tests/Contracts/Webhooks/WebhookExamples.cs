using System.Text.Json;
using Deliverybot.Jobs.Events;
using Deliverybot.Sandbox.Processes;

namespace Deliverybot.Tests.Contracts.Webhooks;

/// <summary>All examples of npm <c>@octokit/webhooks-examples</c> of the events that we subscribe to, or get unasked.</summary>
internal static class WebhookExamples
{
    public const string GitHubCom = "api.github.com";

    public static readonly IReadOnlyList<string> Events =
    [.. Routes.All.Select(route => route.Event), "ping"];

    private static readonly Lazy<IReadOnlyList<WebhookExample>> Loaded = new(Load);

    public static IReadOnlyList<WebhookExample> All => Loaded.Value;

    private static List<WebhookExample> Load()
    {
        var package = new DirectoryInfo(RepositoryFolder.Of("Deliverybot.Tests", "node_modules", "@octokit", "webhooks-examples"));
        return [.. package.GetDirectories().SelectMany(LoadSource)];
    }

    private static List<WebhookExample> LoadSource(DirectoryInfo source)
    {
        using var file = File.OpenRead(Path.Combine(source.FullName, "index.json"));
        using var document = JsonDocument.Parse(file);
        return
        [
            .. document.RootElement.EnumerateArray()
                .Select(kind => (Name: kind.GetProperty("name").GetString()!, Bodies: kind.GetProperty("examples")))
                .Where(kind => Events.Contains(kind.Name))
                .SelectMany(kind => kind.Bodies.EnumerateArray().Select(body => new WebhookExample(source.Name, kind.Name, body.Clone()))),
        ];
    }
}
