using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Deliverybot.Site.Operations;

/// <summary>
/// Compresses pages. What made this unsafe with TLS (<see href="https://www.breachattack.com/"/>) needs a secret that stays the same on the page:
/// ours hold none, and the antiforgery field is different each time. Event streams are left alone.
/// </summary>
internal static class PageCompression
{
    public static IServiceCollection AddPageCompression(this IServiceCollection services)
    {
        // Razor writes a page in many small pieces, each of which the fastest level compresses by itself: a long page was nine times as large.
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html"];
        });
    }
}
