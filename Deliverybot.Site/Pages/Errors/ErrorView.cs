using System.Globalization;
using Deliverybot.Jobs.GitHub.Transport;
using Npgsql;

namespace Deliverybot.Site.Pages.Errors;

/// <summary>What went wrong and what helps, in words for the person before the screen.</summary>
internal sealed record ErrorView(int Status, string Icon, string Title, string Help)
{
    /// <summary>What somebody who looks for the cause wants to know.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether it goes away by itself.</summary>
    public bool IsPassing => Status is StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable;

    public static ErrorView Of(Exception exception) => exception switch
    {
        RetryLaterException later => new(
            StatusCodes.Status503ServiceUnavailable,
            "cloud-slash",
            "GitHub can’t be used now",
            string.Create(CultureInfo.InvariantCulture, $"This page needs GitHub. Nothing was changed, and deployments go on by themselves. Try again after {later.At.UtcDateTime:HH:mm:ss} UTC."))
        {
            Detail = later.Reason,
        },
        UserTokenEndedException => new(
            StatusCodes.Status502BadGateway,
            "shield-lock",
            "GitHub doesn’t accept this sign-in",
            "GitHub refused a token that it has only just given. Sign out and in again; if it stays so, the App may be suspended."),
        OutcomeUnknownException => new(
            StatusCodes.Status502BadGateway,
            "cloud-slash",
            "GitHub didn’t say whether it was done",
            "The connection broke before the answer came. Look at the deployments of the repository before you try again."),
        UnreadableAnswerException unreadable => new(
            StatusCodes.Status502BadGateway,
            "cloud-slash",
            "GitHub’s answer can’t be read",
            "GitHub, or a proxy on the way to it, answered with something else than it documents. Try again in a moment; nothing was changed by this page.")
        {
            Detail = unreadable.Message,
        },
        GitHubRefusedException refused => new(
            StatusCodes.Status502BadGateway,
            "slash-circle",
            "GitHub refused",
            $"In GitHub’s own words: {refused.Words}"),
        NpgsqlException { IsTransient: true } or InvalidOperationException { InnerException: NpgsqlException { IsTransient: true } } => new(
            StatusCodes.Status503ServiceUnavailable,
            "exclamation-triangle-fill",
            "The database is busy",
            "Too many pages are asked for at once, or it is being restarted. Deployments go on by themselves. Try again in a moment; if you wanted to change something, look first whether it was done."),
        HttpRequestException or TaskCanceledException => new(
            StatusCodes.Status502BadGateway,
            "cloud-slash",
            "GitHub can’t be reached",
            "This page needs GitHub, which doesn’t answer. Deployments go on by themselves as soon as it does. See githubstatus.com, and try again in a moment."),
        _ => Of(StatusCodes.Status500InternalServerError),
    };

    public static ErrorView Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(
            status,
            "exclamation-triangle-fill",
            "This form is out of date",
            "It was opened in another session, cookies are blocked, or it holds what can’t be read. Go back, load the page again, and send it once more. Nothing was changed."),
        StatusCodes.Status403Forbidden => new(
            status,
            "lock-fill",
            "You may look, but not change",
            "This needs write access to the repository at GitHub. Whoever administers the repository can give it to you."),
        StatusCodes.Status404NotFound => new(
            status,
            "search",
            "There is nothing here that you can see",
            "The address may be mistyped, the repository may be private to others, or Deliverybot may not be installed on it."),
        StatusCodes.Status405MethodNotAllowed => new(
            status,
            "slash-circle",
            "That can’t be opened like this",
            "The address belongs to a form. Start from the repository’s page."),
        >= StatusCodes.Status500InternalServerError => new(
            status,
            "exclamation-triangle-fill",
            "Something broke on our side",
            "It has been logged. What you asked for was probably not done: look before you try again."),
        _ => new(status, "info-circle", "That didn’t work", "Go back and try again."),
    };
}
