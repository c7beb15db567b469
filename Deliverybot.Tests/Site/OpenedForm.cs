using AngleSharp.Html.Dom;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Tests.Site;

/// <summary>The form of the first commit of a page, as a click on it opens it.</summary>
internal static class OpenedForm
{
    public static async Task<IHtmlDocument> OpenFormAsync(this HttpClient visitor, Repository repository)
    {
        var page = await visitor.OpenAsync($"/{repository.FullName}");
        return await visitor.OpenAsync(page.QuerySelector("details.deploy [hx-get]")!.GetAttribute("hx-get")!);
    }

    /// <summary>That of another commit of <c>main</c>.</summary>
    public static Task<IHtmlDocument> OpenFormAsync(this HttpClient visitor, Repository repository, string sha) =>
        visitor.OpenAsync($"/{repository.FullName}/branch/main?handler=DeployForm&sha={sha}");
}
