using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Deliverybot.Site.Pages.Shared.Icons;

/// <summary>Writes an icon into the page itself: no font and no request, and it takes the colour of the text. With <see cref="Label"/> it speaks, without it is decoration.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper(IconFiles icons) : TagHelper
{
    public required string Name { get; set; }

    public string? Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        var given = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", given is null ? "icon" : $"icon {given}");
        output.Attributes.SetAttribute("viewBox", "0 0 16 16");
        if (Label is null)
        {
            output.Attributes.SetAttribute("aria-hidden", "true");
        }
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", Label);
        }

        output.Content.SetHtmlContent(icons[Name]);
    }
}
