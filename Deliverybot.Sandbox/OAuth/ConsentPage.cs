using System.Globalization;
using System.Net;
using System.Text;

namespace Deliverybot.Sandbox.OAuth;

/// <summary>A page on which a person says who he is, or that he agrees.</summary>
internal static class ConsentPage
{
    /// <param name="title">Its heading.</param>
    /// <param name="text">What is agreed to, as HTML.</param>
    /// <param name="request">Hands its query on to the form.</param>
    /// <param name="fields">Which fields of the query.</param>
    /// <param name="choices">Name and value of each button, and what it says as HTML.</param>
    public static IResult Show(
        string title, string text, HttpRequest request, IEnumerable<string> fields, IEnumerable<(string Name, string Value, string Says)> choices) =>
        Show(title, text, request.Path.Value!, fields.Select(field => (field, request.Query[field].ToString())), choices);

    /// <param name="title">Its heading.</param>
    /// <param name="text">What is agreed to, as HTML.</param>
    /// <param name="action">Where the answer goes.</param>
    /// <param name="fields">What goes along.</param>
    /// <param name="choices">Name and value of each button, and what it says as HTML.</param>
    public static IResult Show(
        string title, string text, string action, IEnumerable<(string Name, string Value)> fields, IEnumerable<(string Name, string Value, string Says)> choices)
    {
        var hidden = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            hidden.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"{name}\" value=\"{WebUtility.HtmlEncode(value)}\">");
        }

        foreach (var (name, value, says) in choices)
        {
            hidden.Append(CultureInfo.InvariantCulture, $"<button name=\"{name}\" value=\"{WebUtility.HtmlEncode(value)}\">{says}</button>");
        }

        return Results.Content(Page(WebUtility.HtmlEncode(title), text, WebUtility.HtmlEncode(action), hidden.ToString()), "text/html; charset=utf-8");
    }

    private static string Page(string title, string text, string action, string form) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{{title}} · sandbox</title>
          <style>
            :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
            body { display: grid; place-items: center; min-height: 100vh; margin: 0; background: Canvas; color: CanvasText; }
            main { width: min(22rem, 90vw); }
            h1 { font-size: 1.4rem; }
            button { display: block; width: 100%; margin: .5rem 0; padding: .75rem 1rem; font: inherit; text-align: left; }
            button { border: 1px solid GrayText; border-radius: .5rem; background: ButtonFace; color: ButtonText; cursor: pointer; }
            button:hover, button:focus-visible { border-color: Highlight; outline: 2px solid Highlight; }
          </style>
        </head>
        <body>
          <main>
            <h1>{{title}}</h1>
            <p>{{text}}</p>
            <form method="post" action="{{action}}">{{form}}</form>
          </main>
        </body>
        </html>
        """;
}
