using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.Transport;

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
