using Microsoft.AspNetCore.Http.HttpResults;

namespace Deliverybot.Site.Web;

/// <summary>What became of a body that was read before anybody knew whose it is.</summary>
internal abstract record BodyRead
{
    private BodyRead()
    {
    }

    /// <summary>All of it, of whom it should be.</summary>
    public sealed record Whole(byte[] Bytes) : BodyRead;

    /// <summary>All of it, and it isn't of whom it should be. Nothing is left of it.</summary>
    public sealed record Foreign : BodyRead;

    public sealed record TooLarge : BodyRead;

    /// <summary>It didn't come in time.</summary>
    public sealed record TooSlow : BodyRead;

    /// <summary>It isn't what its headers say.</summary>
    public sealed record Malformed : BodyRead;

    /// <summary>Too much of others is under way.</summary>
    public sealed record Crowded : BodyRead;

    /// <summary>The answer where it wasn't read to its end; the connection is closed after it, for the rest may still be on its way.</summary>
    public static ContentHttpResult Refused(HttpContext context, BodyRead read, string tooLarge)
    {
        context.Response.Headers.Connection = "close";
        switch (read)
        {
            case TooLarge:
                return TypedResults.Text(tooLarge, statusCode: StatusCodes.Status413PayloadTooLarge);
            case TooSlow:
                return TypedResults.Text("The body didn't come in time.", statusCode: StatusCodes.Status408RequestTimeout);
            case Malformed:
                return TypedResults.Text("The body isn't what its headers say.", statusCode: StatusCodes.Status400BadRequest);
            case Crowded:
                context.Response.Headers.RetryAfter = "5";
                return TypedResults.Text("Too much is being received at once: please try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
            default:
                throw new InvalidOperationException($"A body that is {read} is not refused.");
        }
    }
}
