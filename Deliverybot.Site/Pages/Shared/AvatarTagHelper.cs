using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.AspNetCore.WebUtilities;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>The picture of a GitHub account; nothing where there is none. GitHub is asked for it as large as it is shown, and not for its original.</summary>
[HtmlTargetElement("avatar", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AvatarTagHelper : TagHelper
{
    /// <summary>Sharp screens have so many points where the page counts one.</summary>
    private const int Density = 2;

    public required string? Url { get; set; }

    /// <summary>Its width and height, in CSS pixels.</summary>
    public required int Size { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Url is null)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "img";
        output.Attributes.SetAttribute("class", "avatar");
        output.Attributes.SetAttribute("src", QueryHelpers.AddQueryString(Url, "s", (Size * Density).ToString(CultureInfo.InvariantCulture)));
        output.Attributes.SetAttribute("width", Size);
        output.Attributes.SetAttribute("height", Size);
        output.Attributes.SetAttribute("alt", "");
        output.Attributes.SetAttribute("loading", "lazy");
    }
}
