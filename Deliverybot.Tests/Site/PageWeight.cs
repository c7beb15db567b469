using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>
/// What a browser that has nothing yet gets from the Site for a page: the page itself, and each file that it or one of these files names.
/// Pictures of people come from GitHub, and aren't counted.
/// </summary>
internal sealed partial class PageWeight(HttpClient visitor)
{
    private const string NamedByPages =
        "link[rel~=stylesheet][href], link[rel~=icon][href], link[rel~=preload][href], link[rel~=modulepreload][href], link[rel~=manifest][href], script[src], img[src]";

    private readonly Dictionary<Uri, SentFile> files = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The page first.</summary>
    public static async Task<IReadOnlyList<SentFile>> OfAsync(HttpClient visitor, string path)
    {
        var weight = new PageWeight(visitor);
        var address = new Uri(visitor.BaseAddress!, path);
        var page = await weight.FetchAsync(address);
        foreach (var named in new HtmlParser().ParseDocument(page.Text).QuerySelectorAll(NamedByPages))
        {
            await weight.AddAsync(new Uri(address, named.GetAttribute("href") ?? named.GetAttribute("src")));
        }

        return [page, .. weight.files.Values];
    }

    private async Task AddAsync(Uri address)
    {
        if (address.Authority != visitor.BaseAddress!.Authority || files.ContainsKey(address))
        {
            return;
        }

        var file = await FetchAsync(address);
        files.Add(address, file);
        foreach (var named in Named(file))
        {
            await AddAsync(new Uri(address, named));
        }
    }

    private static IEnumerable<string> Named(SentFile file)
    {
        var found = Path.GetExtension(file.Path) switch
        {
            ".css" => NamedByStyles.Matches(file.Text),
            ".js" => NamedByScripts.Matches(file.Text),
            _ => Enumerable.Empty<Match>(),
        };
        return found.Select(match => match.Groups["file"].Value);
    }

    private async Task<SentFile> FetchAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var answer = await visitor.SendAsync(request, Stop);
        answer.Content.Headers.ContentType.ShouldNotBeNull($"{address} gave {(int)answer.StatusCode}, to {answer.Headers.Location}");
        var encoding = string.Join(',', answer.Content.Headers.ContentEncoding);
        var sent = await answer.Content.ReadAsByteArrayAsync(Stop);
        return new SentFile(address.AbsolutePath, encoding, sent.Length, await ReadAsync(sent, encoding));
    }

    private static async Task<string> ReadAsync(byte[] sent, string encoding)
    {
        await using var bytes = new MemoryStream(sent);
        await using Stream plain = encoding switch
        {
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            "" => bytes,
            _ => throw new NotSupportedException($"Nobody asked for {encoding}."),
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return await reader.ReadToEndAsync(Stop);
    }

    // Data that stands in the style itself is counted with it.
    [GeneratedRegex("""(?:\burl\(\s*|@import\s+)["']?(?!data:|\#)(?<file>[^"')\s]+)""")]
    private static partial Regex NamedByStyles { get; }

    [GeneratedRegex("""\bimport\b[^"';]{0,200}["'](?<file>\.{0,2}/[^"']+)["']""")]
    private static partial Regex NamedByScripts { get; }
}
