using System.Text;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.Rest.Repositories;

/// <summary>https://docs.github.com/en/rest/repos/contents#get-repository-content</summary>
internal static class ContentRoutes
{
    private const int LargestInJson = 1024 * 1024;
    private const int LargestRaw = 100 * 1024 * 1024;

    /// <summary>A few of those that GitHub tells by the ending.</summary>
    private static readonly Dictionary<string, string> Languages = new(StringComparer.Ordinal)
    {
        [".cs"] = "C#",
        [".css"] = "CSS",
        [".go"] = "Go",
        [".html"] = "HTML",
        [".java"] = "Java",
        [".js"] = "JavaScript",
        [".kt"] = "Kotlin",
        [".php"] = "PHP",
        [".py"] = "Python",
        [".rb"] = "Ruby",
        [".rs"] = "Rust",
        [".sh"] = "Shell",
        [".ts"] = "TypeScript",
    };

    public static void Map(RouteTable routes)
    {
        routes.Add(new RestRoute("GET", "/repos/{owner}/{repo}/contents/{**path}", Access.Read("contents"), Read));
        routes.Get("/repos/{owner}/{repo}/languages", Access.Read("metadata"), ListLanguages);
    }

    /// <summary>Bytes of each language. https://docs.github.com/en/rest/repos/repos#list-repository-languages</summary>
    private static RestAnswer ListLanguages(RestCall call)
    {
        var head = call.Repository.Resolve($"refs/heads/{call.Repository.DefaultBranch}");
        var counted = (head?.Files ?? []).Select(file => (Language: LanguageOf(file.Key), Bytes: Encoding.UTF8.GetByteCount(file.Value)))
            .Where(file => file.Language is not null)
            .GroupBy(file => file.Language!, file => file.Bytes)
            .OrderByDescending(language => language.Sum());
        return RestAnswer.Ok(new JsonObject(counted.Select(language => KeyValuePair.Create(language.Key, (JsonNode?)language.Sum()))));
    }

    private static string? LanguageOf(string path) =>
        Path.GetFileName(path) == "Dockerfile" ? "Dockerfile" : Languages.GetValueOrDefault(Path.GetExtension(path));

    private static RestAnswer Read(RestCall call)
    {
        var reference = call.Query("ref");
        var commit = call.Repository.Resolve(reference ?? $"refs/heads/{call.Repository.DefaultBranch}")
            ?? throw RestRefusal.Of(404, $"No commit found for the ref {reference}");
        var path = call.Route("path").Trim('/');
        if (commit.Files.TryGetValue(path, out var content))
        {
            return File(call, commit, path, content);
        }

        var prefix = path.Length == 0 ? "" : path + "/";
        var children = commit.Files.Keys
            .Where(file => file.StartsWith(prefix, StringComparison.Ordinal))
            .Select(file => file[prefix.Length..].Split('/', 2))
            .GroupBy(parts => parts[0], parts => parts.Length > 1)
            .OrderBy(child => child.Key, StringComparer.Ordinal)
            .ToList();
        return children.Count == 0
            ? throw RestRefusal.NotFound()
            : RestAnswer.Ok(children.ToJson(child => Entry(call, commit, prefix + child.Key, child.First() ? "dir" : "file")));
    }

    private static RestAnswer File(RestCall call, Commit commit, string path, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var accept = call.Request.Headers.Accept.ToString();
        if (accept.Contains(".raw", StringComparison.Ordinal))
        {
            return bytes.Length > LargestRaw
                ? throw RestRefusal.Invalid("Blob", "data", "too_large")
                : new RestAnswer(200) { Raw = bytes, ContentType = "application/vnd.github.raw; charset=utf-8" };
        }

        // From 1 to 100 MB the JSON form comes with an empty content and encoding "none".
        var fits = bytes.Length <= LargestInJson;
        var json = Entry(call, commit, path, "file");
        json["content"] = fits ? Lines(Convert.ToBase64String(bytes)) : "";
        json["encoding"] = fits ? "base64" : "none";
        return RestAnswer.Ok(json);
    }

    private static string Lines(string base64) => string.Concat(base64.Chunk(60).Select(line => new string(line) + "\n"));

    private static JsonObject Entry(RestCall call, Commit commit, string path, string type)
    {
        var api = RepositoryJson.ApiUrl(call.World.Urls, call.Repository);
        var html = RepositoryJson.HtmlUrl(call.World.Urls, call.Repository);
        var content = commit.Files.GetValueOrDefault(path);
        var sha = content is null ? ObjectStore.HashOf($"{type} {path}") : ObjectStore.BlobOf(content);
        var self = $"{api}/contents/{path}?ref={call.Query("ref") ?? call.Repository.DefaultBranch}";
        var git = $"{api}/git/{(type == "dir" ? "trees" : "blobs")}/{sha}";
        var page = $"{html}/{(type == "dir" ? "tree" : "blob")}/{commit.Sha}/{path}";
        return new JsonObject
        {
            ["name"] = path[(path.LastIndexOf('/') + 1)..],
            ["path"] = path,
            ["sha"] = sha,
            ["size"] = content is null ? 0 : Encoding.UTF8.GetByteCount(content),
            ["url"] = self,
            ["html_url"] = page,
            ["git_url"] = git,
            ["download_url"] = type == "dir" ? null : $"{html}/raw/{commit.Sha}/{path}",
            ["type"] = type,
            ["_links"] = new JsonObject { ["self"] = self, ["git"] = git, ["html"] = page },
        };
    }
}
