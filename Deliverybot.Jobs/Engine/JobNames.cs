using System.Collections.Frozen;
using System.Reflection;
using Hangfire.Common;

namespace Deliverybot.Jobs.Engine;

/// <summary>Between the classes of jobs and their names in the database: see <see cref="StoredAsAttribute"/>.</summary>
internal static class JobNames
{
    private static readonly FrozenDictionary<Type, string> Names = typeof(JobNames).Assembly.GetTypes()
        .Select(type => (Type: type, type.GetCustomAttribute<StoredAsAttribute>()?.Name))
        .Where(each => each.Name is not null)
        .ToFrozenDictionary(each => each.Type, each => $"{each.Name}, {typeof(JobNames).Assembly.GetName().Name}");

    private static readonly FrozenDictionary<string, Type> Types = Names.ToFrozenDictionary(each => each.Value, each => each.Key, StringComparer.Ordinal);

    public static string Of(Type type) => Names.GetValueOrDefault(type) ?? TypeHelper.SimpleAssemblyTypeSerializer(type);

    /// <exception cref="TypeLoadException">There is no such class, which fails the job that names it.</exception>
    public static Type Find(string name) => Types.GetValueOrDefault(name) ?? TypeHelper.DefaultTypeResolver(name);
}

/// <summary>
/// The name by which this job lies in the database, where it isn't the class's own any more. What was made before an upgrade is carried
/// out after it, and the previous release, as long as it runs beside, carries out what this one makes.
/// </summary>
/// <param name="name">Namespace and class as they were when the job was released first.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class StoredAsAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
