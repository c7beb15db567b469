using System.Globalization;
using System.Text.RegularExpressions;
using Deliverybot.Data.Names;
using Deliverybot.Site.Addresses;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>A sentence as it was said: the commits in it lead to their pages, and its times can be shown in the reader's own.</summary>
[HtmlTargetElement("said", TagStructure = TagStructure.WithoutEndTag)]
public sealed partial class SaidTagHelper : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    public string? Text { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        var values = ViewContext.RouteData.Values;
        var repository = values["owner"] is string owner && values["repo"] is string name ? new RepositoryName(owner, name) : (RepositoryName?)null;
        var text = Text ?? "";
        var told = 0;
        foreach (Match match in Named().Matches(text))
        {
            output.Content.Append(text[told..match.Index]);
            output.Content.AppendHtml(Of(match, repository));
            told = match.Index + match.Length;
        }

        output.Content.Append(text[told..]);
    }

    private static TagBuilder Of(Match match, RepositoryName? repository)
    {
        var at = match.Groups["at"];
        var tag = new TagBuilder(at.Success ? "time" : repository is null ? "span" : "a");
        if (at.Success && DateTimeOffset.TryParse(at.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            tag.Attributes["datetime"] = WhenTagHelper.Machine(time);
            tag.Attributes["data-utc"] = "";
        }
        else if (repository is { } known)
        {
            tag.Attributes["href"] = Address.CommitLike(known, match.Value);
            tag.AddCssClass("mono");
        }

        tag.InnerHtml.Append(match.Value);
        return tag;
    }

    /// <summary>A short or whole sha, which hardly ever has only digits or only letters, and a time as our sentences write it.</summary>
    [GeneratedRegex(@"(?<at>\b\d{4}-\d\d-\d\d \d\d:\d\d) UTC\b|(?<![\w/-])(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])(?:[0-9a-f]{40}|[0-9a-f]{7})(?![\w/-])", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
