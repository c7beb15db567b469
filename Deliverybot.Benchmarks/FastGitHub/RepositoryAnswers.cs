using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deliverybot.Benchmarks.GitHubEvents;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>The answers about one repository that never change, computed once.</summary>
internal sealed class RepositoryAnswers
{
    private readonly Answer notModified;
    private readonly Answer rawFile;
    private readonly Answer file;
    private readonly string etag;

    public RepositoryAnswers(LoadRepository repository)
    {
        var text = Encoding.UTF8.GetBytes(repository.DeployFile);
        var blob = Convert.ToHexStringLower(SHA256.HashData(text))[..40];
        etag = $"\"{blob}\"";
        notModified = new Answer(304, default, ETag: etag);
        rawFile = new Answer(200, text, "application/vnd.github.raw+json; charset=utf-8", etag);
        file = Answer.Ok(new JsonObject
        {
            ["type"] = "file",
            ["encoding"] = "base64",
            ["size"] = text.Length,
            ["name"] = "deploy.yml",
            ["path"] = ".github/deploy.yml",
            ["content"] = Convert.ToBase64String(text) + "\n",
            ["sha"] = blob,
            ["url"] = $"https://api.github.com/repos/{repository.FullName}/contents/.github/deploy.yml",
            ["html_url"] = $"https://github.com/{repository.FullName}/blob/main/.github/deploy.yml",
            ["git_url"] = $"https://api.github.com/repos/{repository.FullName}/git/blobs/{blob}",
            ["download_url"] = null,
        }.ToJsonString()) with
        { ETag = etag };

        var json = RepositoryPayload.Of(repository);
        json["permissions"] = new JsonObject { ["admin"] = false, ["push"] = true, ["pull"] = true };
        Repository = Answer.Ok(json.ToJsonString());
    }

    public Answer Repository { get; }

    public Answer DeployFile(string? ifNoneMatch, string? accept)
    {
        if (ifNoneMatch is not null && ifNoneMatch.Contains(etag, StringComparison.Ordinal))
        {
            return notModified;
        }

        return accept is not null && accept.Contains("raw", StringComparison.Ordinal) ? rawFile : file;
    }
}
