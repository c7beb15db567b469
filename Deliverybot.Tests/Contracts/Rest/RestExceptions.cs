namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>Where GitHub's REST API, or the stand-in's on purpose, isn't as the description has it.</summary>
internal static class RestExceptions
{
    private static readonly ContractException[] All =
    [
        new("", "422 #/status is not known", "GitHub's refusals carry their status; the description gives it to basic-error and forgot validation-error."),
        new("/deployments", "409 #/errors is not known", "The description gives the 409 no body at all. GitHub's names the unmet contexts in errors, which we live on."),
        new("/deployments/", "_url UriExpected", "GitHub leaves addresses that nobody gave empty, whatever their format says."),
        new("/app/installations?", "#/[0]", "Written out in place here, the account must be a user and an enterprise at once; by itself, as installation, it may be either."),
        new("/app/installations?", "#[]/client_id", "The same copy lacks a field that the schema installation has."),
        new("/meta", "#/installed_version", "Enterprise Server's own, by which programs tell it from github.com."),
        new("/repositories/", "no such operation", "The address to which GitHub redirects from a renamed repository; its documentation says only to follow."),
        new("/installation", "/account may be missing", "It is for one that has no repositories, which our lists leave out and none of our other calls can name."),
    ];

    /// <param name="path">Of a request, or its template.</param>
    public static bool Excuse(string path, string fault) => All.Any(exception => exception.Covers($"{path}?", fault));
}
