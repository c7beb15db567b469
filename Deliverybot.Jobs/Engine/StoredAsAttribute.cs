namespace Deliverybot.Jobs.Engine;

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
