using System.Globalization;
using Deliverybot.Data.Names;
using Microsoft.AspNetCore.WebUtilities;

namespace Deliverybot.Site.Pages.Activity;

internal static class ActivityLinks
{
    public static string List(RepositoryName repository) => $"/{repository}/activity";

    public static string List(RepositoryName repository, ActivityFilter filter) =>
        QueryHelpers.AddQueryString(List(repository), filter.Query.Where(part => part.Value is not null));

    public static string Older(RepositoryName repository, ActivityFilter filter, long last) =>
        QueryHelpers.AddQueryString(List(repository, filter), "before", last.ToString(CultureInfo.InvariantCulture));
}
