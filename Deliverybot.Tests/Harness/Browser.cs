using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Shouldly;

namespace Deliverybot.Tests.Harness;

/// <summary>Does by HTTP what a person does in a browser.</summary>
internal static class Browser
{
    public static Task<HttpClient> SignInAsync(Uri site, string login, CancellationToken cancellationToken) =>
        SignInAsync(site, login, new CookieContainer(), cancellationToken);

    public static async Task<HttpClient> SignInAsync(Uri site, string login, CookieContainer cookies, CancellationToken cancellationToken)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = site };

        using var page = await browser.GetAsync("/_/sign-in", cancellationToken);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var authorize = page.RequestMessage!.RequestUri!;
        var fields = QueryHelpers.ParseQuery(authorize.Query).ToDictionary(field => field.Key, field => field.Value.ToString());
        fields["login"] = login;

        using var form = new FormUrlEncodedContent(fields);
        using var home = await browser.PostAsync(new Uri(authorize, authorize.AbsolutePath), form, cancellationToken);
        home.StatusCode.ShouldBe(HttpStatusCode.OK);
        home.RequestMessage!.RequestUri!.Authority.ShouldBe(site.Authority);
        return new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = site };
    }
}
