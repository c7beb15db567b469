namespace Deliverybot.Tests.Contracts.Webhooks;

/// <summary>Where webhooks differ from one to the other, or GitHub's aren't as the description has them.</summary>
internal static class WebhookExceptions
{
    private static readonly ContractException[] All =
    [
        new("check_", "/app/permissions/", "Which permissions an app has is the app's own affair."),
        new("deployment_status", "_url UriExpected", "GitHub leaves addresses that nobody gave empty, whatever their format says."),
        new("ping", "/sender is missing", "The examples are of repositories' hooks; an App's is pinged by nobody."),
        new("ping", "/hook/ping_url is missing", "As above: an App's hook has no address of its own below a repository."),
        new("ping", "/hook/url is missing", "As above."),
    ];

    public static bool Excuse(string eventName, string fault) => All.Any(exception => exception.Covers(eventName, fault));
}
