using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Commits;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Contents;

/// <summary>Files: <see href="https://docs.github.com/rest/repos/contents"/>.</summary>
internal sealed class RepositoryContents(GitHubTransport transport, RepositoryName repository)
{
    /// <param name="path">From the repository's root, without a leading slash.</param>
    /// <param name="at">A commit, branch or tag; the default branch if null.</param>
    public async Task<FileRead> ReadAsync(string path, Revision? at, CancellationToken cancellationToken)
    {
        var call = at is { } revision
            ? GitHubCall.Get($"repos/{repository}/contents/{path:slashes}?ref={revision}")
            : GitHubCall.Get($"repos/{repository}/contents/{path:slashes}");
        var answer = await transport.SendAsync(call, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound ? new FileRead.Missing() : Read(answer.Read(CommitsJson.Default.JsonElement));
    }

    /// <returns>The names of the files in a folder of the default branch; none where there is no such folder.</returns>
    public async Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancellationToken)
    {
        var answer = await transport.SendAsync(GitHubCall.Get($"repos/{repository}/contents/{folder:slashes}"), cancellationToken);
        var list = answer.Status == HttpStatusCode.NotFound ? default : answer.Read(CommitsJson.Default.JsonElement);
        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(entry => TextOf(entry, "type") == "file").Select(entry => TextOf(entry, "name")).OfType<string>()]
            : [];
    }

    private static FileRead Read(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object)
        {
            return new FileRead.Unreadable("it is a directory");
        }

        return TextOf(file, "type") switch
        {
            "file" when TextOf(file, "encoding") == "base64" =>
                new FileRead.Found(Decode(TextOf(file, "content") ?? ""), TextOf(file, "sha") ?? ""),
            "file" => new FileRead.Unreadable("it is too large"),
            null => new FileRead.Unreadable("GitHub doesn't say what it is"),
            var type => new FileRead.Unreadable($"it is a {type}, not a file"),
        };
    }

    private static string? TextOf(JsonElement file, string name) =>
        file.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    // GitHub wraps the lines; the decoder skips white space.
    private static byte[] Decode(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        Base64.DecodeFromUtf8InPlace(bytes, out var length);
        return bytes[..length];
    }
}

/// <summary>What became of reading a file of a repository.</summary>
internal abstract record FileRead
{
    private FileRead()
    {
    }

    public abstract T Match<T>(Func<Found, T> found, Func<T> missing, Func<string, T> unreadable);

    /// <param name="Bytes">What is in it.</param>
    /// <param name="BlobSha">Git's name of exactly these bytes.</param>
    public sealed record Found(ReadOnlyMemory<byte> Bytes, string BlobSha) : FileRead
    {
        public override T Match<T>(Func<Found, T> found, Func<T> missing, Func<string, T> unreadable) => found(this);
    }

    /// <summary>No such file, no such commit, or nothing that we may see.</summary>
    public sealed record Missing : FileRead
    {
        public override T Match<T>(Func<Found, T> found, Func<T> missing, Func<string, T> unreadable) => missing();
    }

    /// <summary>There is something, but no text to be had of it: a directory, a submodule, a file over 1 MB.</summary>
    public sealed record Unreadable(string Reason) : FileRead
    {
        public override T Match<T>(Func<Found, T> found, Func<T> missing, Func<string, T> unreadable) => unreadable(Reason);
    }
}
