using System.Collections.Immutable;
using Deliverybot.Jobs.DeployFile.Faults;
using Deliverybot.Jobs.DeployFile.Yaml;

namespace Deliverybot.Jobs.DeployFile;

/// <summary>The key <c>permissions</c>, and how it is read.</summary>
internal static class PermissionKeys
{
    public static readonly DeployKey Permissions = new("permissions")
    {
        Value = "map of `deploy`, `rollback`, `force`, `approve`, `lock`, `freeze`",
        Default = "whoever may write",
        Meaning = "who may do that by hand, see below",
        Help = "Who may deploy, rollback, force, approve, lock or freeze by hand, of those who may write. Each is a list of logins (@ada), roles (role:maintain), repositories of the account whose members are let in (repo:acme/releasers, repo:acme/qa:read) and workflows (workflow:release.yml@refs/heads/main); an empty list lets nobody. rollback and force follow deploy. Default: whoever may write.",
        Schema = """
            {
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "deploy": { "$ref": "#/definitions/people" },
                "rollback": { "$ref": "#/definitions/people" },
                "force": { "$ref": "#/definitions/people" },
                "approve": { "$ref": "#/definitions/people" },
                "lock": { "$ref": "#/definitions/people" },
                "freeze": { "$ref": "#/definitions/people" }
              }
            }
            """,
        Read = (target, value) => target with { Permissions = PermissionKeys.Read(value) },
        Example = "{ deploy: [role:maintain] }",
        Card = new("Who may", target => CardWords.PermissionsText(target.Permissions)),
    };

    private static readonly string[] Known = [.. Enum.GetNames<Permission>().Select(name => name.ToLowerInvariant())];

    public static TargetPermissions? Read(WrittenValue value)
    {
        if (value.Map("a map such as { deploy: [role:maintain] }") is not { } keys)
        {
            return null;
        }

        keys.Allow(Known, _ => null);
        return new TargetPermissions
        {
            Deploy = Entries("deploy"),
            Rollback = Entries("rollback"),
            Force = Entries("force"),
            Approve = Entries("approve"),
            Lock = Entries("lock"),
            Freeze = Entries("freeze"),
        };

        ImmutableArray<PermissionEntry>? Entries(string key) => keys.Find(key) is { } list ? ReadList(list) : null;
    }

    private static ImmutableArray<PermissionEntry>? ReadList(WrittenValue list)
    {
        var entries = list.OneOrMore(ReadEntry);
        return entries.Length <= PermissionEntry.Most
            ? [.. entries.Distinct()]
            : list.Fault<ImmutableArray<PermissionEntry>?>($"has {entries.Length} entries: {PermissionEntry.Most} are the limit. A repository whose members are let in can stand for many: repo:owner/name");
    }

    private static PermissionEntry? ReadEntry(WrittenValue item) =>
        item.Text() is not { } text ? null
        : PermissionEntry.Read(text, out var fault) ?? item.Fault<PermissionEntry>($"is {Shown.Short(text)}{fault}");
}

/// <summary>A group is a repository of the same account: nobody outside of it decides who may deploy here.</summary>
internal static class GroupCheck
{
    /// <param name="owner">The account that the file was read of; null: nobody knows.</param>
    public static void Run(IEnumerable<SoundTarget> targets, string? owner, DeployFileErrors errors)
    {
        if (owner is null)
        {
            return;
        }

        foreach (var target in targets)
        {
            var strangers = target.Target.Permissions?.All.OfType<PermissionEntry.InGroup>()
                .Where(group => !string.Equals(group.Repository.Owner, owner, StringComparison.OrdinalIgnoreCase)) ?? [];
            if (strangers.FirstOrDefault() is { } stranger)
            {
                errors.Add(
                    ((target.Entry.Value as YamlNode.Map)?.Find("permissions") ?? target.Entry.Value).Position,
                    target.Path.Key("permissions"),
                    $"names {stranger}, which belongs to another account: a group has to be a repository of {owner}");
            }
        }
    }
}
