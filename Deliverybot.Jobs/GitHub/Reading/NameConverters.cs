using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Reading;

/// <summary>Read GitHub's strings and numbers straight into the types that name them.</summary>
internal static class NameConverters
{
    public sealed class Commit() : Text<CommitSha>(CommitSha.Parse, sha => sha.Value);

    public sealed class Environment() : Text<EnvironmentName>(text => new EnvironmentName(text), name => name.Value);

    public sealed class Login() : Text<GitHubLogin>(text => new GitHubLogin(text), login => login.Value);

    public sealed class Ref() : Text<GitRef>(text => new GitRef(text), name => name.Value);

    public sealed class Repository() : Text<RepositoryName>(RepositoryName.Parse, name => name.ToString());

    public sealed class Deployment() : Number<GitHubDeploymentId>(number => new GitHubDeploymentId(number), id => id.Value);

    public sealed class Installation() : Number<InstallationId>(number => new InstallationId(number), id => id.Value);

    public sealed class PullRequest() : Number<PullRequestNumber>(number => new PullRequestNumber(checked((int)number)), number => number.Value);

    public sealed class RepositoryNumber() : Number<RepositoryId>(number => new RepositoryId(number), id => id.Value);

    public sealed class User() : Number<GitHubUserId>(number => new GitHubUserId(number), id => id.Value);

    public abstract class Text<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? throw new JsonException($"GitHub gave null for a {typeof(T).Name}.");
            try
            {
                return read(text);
            }
            catch (FormatException fault)
            {
                // The serializer adds where it stands to an exception of its own kind.
                throw new JsonException(fault.Message, fault);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }

    public abstract class Number<T>(Func<long, T> read, Func<T, long> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(write(value));
    }
}

/// <summary>
/// GitHub's words for a state, as REST (<c>in_progress</c>) or GraphQL (<c>IN_PROGRESS</c>) writes them. Any other word, one that GitHub
/// adds later or one that a person has chosen, is read as the enumeration's first member.
/// </summary>
internal sealed class StateConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> Words = Enum.GetValues<T>()
        .SelectMany(value => new[] { (Word: WordOf(value), Value: value), (Word: WordOf(value).ToUpperInvariant(), Value: value) })
        .ToFrozenDictionary(pair => pair.Word, pair => pair.Value, StringComparer.Ordinal);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? Words.GetValueOrDefault(text) : default;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(WordOf(value));

    private static string WordOf(T value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

/// <summary>
/// A time as we can keep it: in UTC, and of this age. Git lets a commit claim any year and any offset; those that no calendar has can't
/// be used, nor can those that PostgreSQL would take for the beginning or the end of all time.
/// </summary>
internal sealed class MomentConverter : JsonConverter<DateTimeOffset>
{
    private const int Last = 2999;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var moment = reader.GetDateTimeOffset().ToUniversalTime();
        return moment >= DateTimeOffset.UnixEpoch && moment.Year <= Last ? moment : throw new JsonException("A time that can't be meant.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
