using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Machines;

/// <summary>The set-up as a person does it, whichever process has printed the code and whichever answers each request.</summary>
internal static partial class FirstSetUp
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="fleet">Which knows no App.</param>
    /// <param name="organisation">The owner of the App.</param>
    /// <param name="machines">Those that are up.</param>
    public static async Task SetUpAsync(this Fleet fleet, string organisation, IReadOnlyList<Machine> machines)
    {
        using var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = fleet.Front.Url };
        var code = "";
        await Until.TrueAsync(async () => (code = await CodeAsync(machines)).Length > 0);
        using (var unlocked = await PostAsync(visitor, "/_/set-up?handler=Unlock", ("Code", code)))
        {
            unlocked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        var gitHub = new Uri(fleet.GitHub.Url.GetLeftPart(UriPartial.Authority));
        using var leaving = await PostAsync(
            visitor, "/_/set-up?handler=Register", ("Form.Name", "Acme Deliverybot"), ("Form.Organisation", organisation), ("Form.GitHub", gitHub.OriginalString));
        var form = (await leaving.ReadPageAsync()).QuerySelector("form[data-leaves]").ShouldBeAssignableTo<IHtmlFormElement>()!;
        using var asked = await visitor.SubmitAsync(form);
        var consent = (await asked.ReadPageAsync()).QuerySelector("form").ShouldBeAssignableTo<IHtmlFormElement>()!;
        var fields = consent.Elements.OfType<IHtmlInputElement>().Select(input => KeyValuePair.Create(input.Name!, input.Value)).Append(KeyValuePair.Create("create", "yes"));
        using var content = new FormUrlEncodedContent(fields);
        using var back = await visitor.PostAsync(new Uri(gitHub, consent.GetAttribute("action")), content, Stop);
        using var registered = await visitor.GetAsync(back.Headers.Location, Stop);
        registered.Headers.Location!.OriginalString.ShouldBe("/_/set-up");
        await Task.WhenAll(machines.Select(machine => machine.AnswersAsync("/_/health/github")));
    }

    private static async Task<string> CodeAsync(IReadOnlyList<Machine> machines)
    {
        var logs = await Task.WhenAll(machines.Select(machine => machine.LogAsync()));
        return logs.Select(log => Printed().Match(log).Groups[1].Value).SingleOrDefault(code => code.Length > 0) ?? "";
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient visitor, string path, params (string Name, string Value)[] fields)
    {
        var page = await visitor.OpenAsync("/_/set-up");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]").ShouldBeAssignableTo<IHtmlInputElement>()!.Value;
        return await visitor.PostAsync(path, new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]), Stop);
    }

    [GeneratedRegex("Set-up code, good for 15 minutes: ([A-Z0-9-]+)")]
    private static partial Regex Printed();
}
