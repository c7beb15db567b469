using Deliverybot.Site.Addresses;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>Says of an address which act it is for: one page answers all of them.</summary>
internal sealed record ActRoute(ActName Act)
{
    public static void Configure(PageRouteModel page)
    {
        page.Selectors.Clear();
        foreach (var act in Enum.GetValues<ActName>())
        {
            page.Selectors.Add(new SelectorModel
            {
                AttributeRouteModel = new AttributeRouteModel { Template = Address.ActRoute(act) },
                EndpointMetadata = { new ActRoute(act) },
            });
        }
    }
}
