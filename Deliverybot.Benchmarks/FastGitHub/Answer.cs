using System.Text;

namespace Deliverybot.Benchmarks.FastGitHub;

/// <summary>What the stand-in says: a status code and a body that is JSON unless told otherwise.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string ContentType = Answer.Json, string? ETag = null)
{
    public const string Json = "application/json; charset=utf-8";

    public static Answer EmptyList { get; } = Ok("[]");

    public static Answer NotFound { get; } =
        new(404, """{"message":"Not Found","documentation_url":"https://docs.github.com/rest","status":"404"}"""u8.ToArray());

    public static Answer Ok(string json) => new(200, Encoding.UTF8.GetBytes(json));
}
