using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Deliverybot.Site.Pages.Repositories;

/// <summary>What an open page compares to see whether a part has changed: the same in each process.</summary>
internal static class Stamps
{
    private const char Between = '\u001f';
    private const int Length = 16;

    public static string Of(IEnumerable<object?> shown) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(Between, shown.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture))))))[..Length];
}
