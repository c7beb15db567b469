using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Deliverybot.Benchmarks.Pages;

/// <summary>A signed-in person's browser.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient http;
    private readonly CookieContainer cookies;

    private Visitor(HttpClient http, CookieContainer cookies) => (this.http, this.cookies) = (http, cookies);

    /// <summary>What another browser has to send to be the same person.</summary>
    public IReadOnlyCollection<Cookie> Cookies => cookies.GetCookies(http.BaseAddress!);

    /// <summary>Goes through GitHub's sign-in.</summary>
    public static async Task<Visitor> SignInAsync(int port, string login, CancellationToken cancellationToken)
    {
        var cookies = new CookieContainer();
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = new Uri($"http://localhost:{port}") };
        using var page = await http.GetAsync("/_/sign-in", cancellationToken);
        var authorize = page.EnsureSuccessStatusCode().RequestMessage!.RequestUri!;
        var fields = QueryHelpers.ParseQuery(authorize.Query).ToDictionary(field => field.Key, field => field.Value.ToString());
        fields["login"] = login;
        using var form = new FormUrlEncodedContent(fields);
        using var home = await http.PostAsync(new Uri(authorize, authorize.AbsolutePath), form, cancellationToken);
        home.EnsureSuccessStatusCode();
        return new Visitor(http, cookies);
    }

    public Uri AddressOf(string path) => new(http.BaseAddress!, path);

    public async Task<OpenedPage> OpenAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(path, cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return new OpenedPage((int)answer.StatusCode, body.Length);
    }

    /// <summary>What a form has to carry.</summary>
    public async Task<string> AntiforgeryAsync(CancellationToken cancellationToken) =>
        AntiforgeryField().Match(await http.GetStringAsync("/_/settings", cancellationToken)) is { Success: true } field
            ? field.Groups[1].Value
            : throw new BenchmarkFailedException("The settings page has no form.");

    /// <summary>Sends a form; where it leads isn't opened.</summary>
    /// <returns>The status.</returns>
    public async Task<int> PostAsync(string path, string antiforgery, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        using var posting = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = http.BaseAddress };
        using var content = new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", antiforgery)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Cookie", cookies.GetCookieHeader(http.BaseAddress!));
        using var answer = await posting.SendAsync(request, cancellationToken);
        return (int)answer.StatusCode;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();

    public void Dispose() => http.Dispose();
}
