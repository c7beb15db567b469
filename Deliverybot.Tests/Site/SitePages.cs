using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>Reads pages and sends their forms, as a browser without scripts does.</summary>
internal static class SitePages
{
    public static async Task<IHtmlDocument> OpenAsync(this HttpClient visitor, string path)
    {
        using var answer = await visitor.GetAsync(path, TestContext.Current.CancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"GET {path} gave {(int)answer.StatusCode}, to {answer.Headers.Location}.", null, answer.StatusCode);
        }

        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static async Task<IHtmlDocument> ReadPageAsync(this HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Posts with an antiforgery token taken from the settings page, which every signed-in visitor has.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient visitor, string path, params (string Name, string Value)[] fields)
    {
        var page = await visitor.OpenAsync("/_/settings");
        var token = page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        return await visitor.PostAsync(path, new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]),
            TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a form of a page as a browser would: its own fields and nothing else.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient visitor, IHtmlFormElement form)
    {
        var fields = form.Elements.OfType<IHtmlInputElement>().Where(input => input.Name is { Length: > 0 })
            .Select(input => KeyValuePair.Create(input.Name!, input.Value));
        using var content = new FormUrlEncodedContent(fields);
        return await visitor.PostAsync(form.GetAttribute("action"), content, TestContext.Current.CancellationToken);
    }

    private static T? QuerySelector<T>(this IHtmlDocument page, string selector)
        where T : class => page.QuerySelector(selector) as T;
}
