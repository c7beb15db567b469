using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>A time as people say it, with the exact one for whoever points at it.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper(TimeProvider time) : TagHelper
{
    public required DateTimeOffset At { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var at = At.ToUniversalTime();
        var exact = at.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", exact);
        var now = time.GetUtcNow();
        // The script goes by this where the clock of the browser differs by some seconds.
        output.Attributes.SetAttribute("data-relative", at > now ? "to-come" : "");
        output.Content.SetContent(RelativeTime.Of(at, now));
    }
}
