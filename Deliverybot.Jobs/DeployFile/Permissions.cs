using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Access;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>What people may be let do at a target.</summary>
internal enum Permission
{
    /// <summary>Deploy by hand, promote, cancel what others wish for.</summary>
    Deploy,
    Rollback,

    /// <summary>The word <c>force</c>, beside what is done with it.</summary>
    Force,

    /// <summary>Approve and reject.</summary>
    Approve,

    /// <summary>Lock, renew and unlock; whoever holds a lock may always end it.</summary>
    Lock,

    /// <summary>Deploy while everything is frozen, by force.</summary>
    Freeze,
}

/// <summary>Who may do what at a target, as the file says it: it narrows what GitHub's write access allows, and never widens it.</summary>
internal sealed record TargetPermissions
{
    public ImmutableArray<PermissionEntry>? Deploy { get; init; }

    public ImmutableArray<PermissionEntry>? Rollback { get; init; }

    public ImmutableArray<PermissionEntry>? Force { get; init; }

    public ImmutableArray<PermissionEntry>? Approve { get; init; }

    public ImmutableArray<PermissionEntry>? Lock { get; init; }

    public ImmutableArray<PermissionEntry>? Freeze { get; init; }

    /// <returns>Who is named for it, by the key itself or the one that it follows; null: whoever may write.</returns>
    public ImmutableArray<PermissionEntry>? Of(Permission permission) => permission switch
    {
        Permission.Deploy => Deploy,
        Permission.Rollback => Rollback ?? Deploy,
        Permission.Force => Force ?? Deploy,
        Permission.Approve => Approve,
        Permission.Lock => Lock,
        Permission.Freeze => Freeze ?? [new PermissionEntry.InRole(new RoleName(RepositoryPermission.Admin))],
    };

    [JsonIgnore]
    public IEnumerable<PermissionEntry> All => new[] { Deploy, Rollback, Force, Approve, Lock, Freeze }.SelectMany(entries => entries ?? []);
}

/// <summary>A role in a repository: one of GitHub's, which includes those below it, or one of an organisation's own making by its name.</summary>
/// <param name="Level">None for one of an organisation's own.</param>
/// <param name="Own">What an organisation calls it; null for GitHub's. Its case doesn't count.</param>
internal sealed record RoleName(RepositoryPermission Level, string? Own = null)
{
    private static readonly ImmutableDictionary<string, RepositoryPermission> Levels = Enum.GetValues<RepositoryPermission>()
        .Except([RepositoryPermission.None])
        .ToImmutableDictionary(level => level.ToString(), StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Known => Enum.GetValues<RepositoryPermission>().Except([RepositoryPermission.None]).Select(level => level.ToString().ToLowerInvariant());

    public static RoleName Read(string text) => Levels.TryGetValue(text, out var level) ? new RoleName(level) : new RoleName(RepositoryPermission.None, text);

    public override string ToString() => Own ?? Level.ToString().ToLowerInvariant();
}

/// <summary>Somebody who is named under <c>permissions</c>. As text it is what the file says.</summary>
internal abstract record PermissionEntry
{
    public const int Most = 20;

    private const string RolePrefix = "role:";
    private const string GroupPrefix = "repo:";
    private const string WorkflowPrefix = "workflow:";
    private const int LongestLogin = 39;

    private PermissionEntry()
    {
    }

    /// <summary>Reads an entry as the file has it.</summary>
    /// <returns>Null, and in <paramref name="fault"/> what is wrong and what to write, after the words "is …".</returns>
    public static PermissionEntry? Read(string text, out string fault)
    {
        var (entry, wrong) = Read(text);
        fault = wrong;
        return entry;
    }

    private static (PermissionEntry? Entry, string Fault) Read(string text) => text switch
    {
        _ when text.StartsWith(RolePrefix, StringComparison.Ordinal) => text[RolePrefix.Length..].Trim() is { Length: > 0 } role
            ? (new InRole(RoleName.Read(role)), "")
            : (null, ": write a role behind the colon, such as role:maintain"),
        _ when text.StartsWith(GroupPrefix, StringComparison.Ordinal) => ReadGroup(text[GroupPrefix.Length..]),
        _ when text.StartsWith(WorkflowPrefix, StringComparison.Ordinal) => ReadWorkflow(text[WorkflowPrefix.Length..]),
        _ when text.StartsWith("team:", StringComparison.Ordinal) =>
            (null, ": teams can't be seen without one more permission. Make a repository that the team has access to, and write repo:owner/name"),
        _ when RoleName.Known.Contains(text, StringComparer.OrdinalIgnoreCase) => (null, $": for a role write role:{text.ToLowerInvariant()}, for a person @{text}"),
        _ => ReadPerson(text.TrimStart('@')),
    };

    private static (PermissionEntry? Entry, string Fault) ReadGroup(string text)
    {
        var parts = text.Split(':', 2);
        return !RepositoryName.TryParse(parts[0], out var name) || (parts is [_, var said] && said.Trim().Length == 0)
            ? (null, ": write repo:owner/name, and a role behind a second colon if it isn't write")
            : (new InGroup(name, parts is [_, var role] ? RoleName.Read(role.Trim()) : new RoleName(RepositoryPermission.Write)), "");
    }

    private static (PermissionEntry? Entry, string Fault) ReadWorkflow(string text) =>
        text.Split('@') is [{ Length: > 0 } file, var at] && !file.Contains('/', StringComparison.Ordinal)
            && (file.EndsWith(".yml", StringComparison.Ordinal) || file.EndsWith(".yaml", StringComparison.Ordinal))
            && at.StartsWith("refs/", StringComparison.Ordinal)
            ? (new Workflow(file, new GitRef(at)), "")
            : (null, ": write the file's name and the full ref, such as workflow:release.yml@refs/heads/main");

    // https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication:
    // an enterprise's own accounts have an underscore in them.
    private static (PermissionEntry? Entry, string Fault) ReadPerson(string login) => login switch
    {
        _ when login.EndsWith("[bot]", StringComparison.Ordinal) => (null, ": bots never match. What deploys by itself is what auto_deploy_on says"),
        { Length: > 0 and <= LongestLogin } when login.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') => (new Person(new GitHubLogin(login)), ""),
        _ => (null, ": write a login such as @ada, role:maintain, or repo:owner/name"),
    };

    public sealed record Person(GitHubLogin Login) : PermissionEntry
    {
        public override string ToString() => $"@{Login}";
    }

    /// <summary>That role in this repository.</summary>
    public sealed record InRole(RoleName Name) : PermissionEntry
    {
        public override string ToString() => $"{RolePrefix}{Name}";
    }

    /// <summary>That role in another repository of the same account: whom it lets in are a group.</summary>
    public sealed record InGroup(RepositoryName Repository, RoleName Role) : PermissionEntry
    {
        public override string ToString() => Role.Level is RepositoryPermission.Write ? $"{GroupPrefix}{Repository}" : $"{GroupPrefix}{Repository}:{Role}";
    }

    /// <summary>Runs of a workflow on that branch or tag; no person matches it.</summary>
    public sealed record Workflow(string File, GitRef Ref) : PermissionEntry
    {
        public override string ToString() => $"{WorkflowPrefix}{File}@{Ref.Value}";
    }
}

/// <summary>An entry is kept as the file has it.</summary>
internal sealed class PermissionEntryConverter : JsonConverter<PermissionEntry>
{
    public override PermissionEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PermissionEntry.Read(reader.GetString() ?? "", out var fault) ?? throw new JsonException($"An entry of permissions{fault}.");

    public override void Write(Utf8JsonWriter writer, PermissionEntry value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
