using System.Collections.Immutable;
using Deliverybot.Site.Addresses;
using Deliverybot.Site.Pages.Shared;
using Deliverybot.Site.SignIn;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>The forms that there are. One page answers all of them, and its addresses say which is meant.</summary>
internal static class ActForms
{
    /// <summary>By the end of their addresses.</summary>
    public static ImmutableSortedDictionary<string, Type> ByWord { get; } = typeof(IActForm).Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(IActForm)))
        .ToImmutableSortedDictionary(type => type.Name[..^"Form".Length].ToLowerInvariant(), type => type, StringComparer.Ordinal);

    public static void AddActs(this PageConventionCollection pages) => pages.AddPageRouteModelConvention("/Acts/Act", page =>
    {
        page.Selectors.Clear();
        foreach (var word in ByWord.Keys)
        {
            page.Selectors.Add(new SelectorModel
            {
                AttributeRouteModel = new AttributeRouteModel { Template = Address.ActRoute(word) },
                EndpointMetadata = { new ActRoute(word) },
            });
        }
    });

    public static IServiceCollection AddActs(this IServiceCollection services)
    {
        foreach (var (word, form) in ByWord)
        {
            services.AddKeyedScoped(typeof(IActForm), word, form);
        }

        return services.AddScoped<Actors>().AddSingleton<Notices>();
    }
}

/// <summary>Which form an address is for.</summary>
internal sealed record ActRoute(string Word) : IKeptForm;
