using Deliverybot.Data.Names;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>The form of an act. With scripts what came of it is said at the edge of the page, which stays; without, a refusal is a page of its own, and what is done is said on the page that it leads back to.</summary>
[HtmlTargetElement("act-form")]
public sealed class ActFormTagHelper(IAntiforgery antiforgery) : TagHelper
{
    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    /// <summary>The end of its address: <c>lock</c>.</summary>
    public required string Act { get; set; }

    public required RepositoryName Repository { get; set; }

    /// <summary>The page to come back to.</summary>
    public required string Back { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var address = Address.Act(Repository, Act);
        output.TagName = "form";
        output.Attributes.SetAttribute("method", "post");
        output.Attributes.SetAttribute("action", address);
        output.Attributes.SetAttribute("hx-post", address);
        output.Attributes.SetAttribute("hx-target", "#toasts");
        output.Attributes.SetAttribute("hx-swap", "beforeend");
        output.PreContent.AppendHtml(antiforgery.GetHtml(ViewContext.HttpContext));
        output.PreContent.AppendHtml(Hidden(ReturnUrl.Field, Back));
        if (UserSession.TryOf(ViewContext.HttpContext) is { } session)
        {
            output.PreContent.AppendHtml(Hidden(KeptForms.UserField, session.UserId.ToString()));
        }
    }

    private static TagBuilder Hidden(string name, string value) => new("input")
    {
        TagRenderMode = TagRenderMode.SelfClosing,
        Attributes = { ["type"] = "hidden", ["name"] = name, ["value"] = value },
    };
}
