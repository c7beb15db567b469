using System.Globalization;
using Deliverybot.Jobs.Core;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>A time as people say it, with the exact one for whoever points at it.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper(TimeProvider time) : TagHelper
{
    public required DateTimeOffset At { get; set; }

    /// <summary>Whether the exact time stands beside it for everybody.</summary>
    public bool Exact { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var at = At.ToUniversalTime();
        var exact = at.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", Machine(at));
        output.Attributes.SetAttribute("title", exact);
        var now = time.GetUtcNow();
        // The script goes by this where the clock of the browser differs by some seconds.
        output.Attributes.SetAttribute("data-relative", at > now ? "to-come" : "");
        output.Content.SetContent(RelativeTime.Of(at, now));
        if (Exact)
        {
            // The script writes the reader's own time behind it.
            var beside = new TagBuilder("time") { Attributes = { ["class"] = "exact", ["datetime"] = Machine(at), ["data-utc"] = "" } };
            beside.InnerHtml.Append(StateWords.Time(at));
            output.PostElement.Append(" ");
            output.PostElement.AppendHtml(beside);
        }
    }

    internal static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
