using System.Globalization;
using System.Reflection;
using Hangfire.Common;

namespace Deliverybot.Jobs.Engine;

/// <summary>The argument of a job that says whose work it is: a repository by its full name, or what stands for its account.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WorkOfAttribute(int argument) : Attribute
{
    /// <returns>Whoever must not take all workers: an account at GitHub; where the job doesn't name one, all jobs of its kind together.</returns>
    public static string Of(Job job) => job.Method.GetCustomAttribute<WorkOfAttribute>() is { } work
        ? work.In(job)
        : job.Type.Name;

    /// <param name="name">A repository's full name, or what stands for its account.</param>
    public static string AccountIn(string name) => name.Split('/', ' ')[0].ToLowerInvariant();

    private string In(Job job) => job.Args[argument] switch
    {
        string name => AccountIn(name),
        var number => string.Create(CultureInfo.InvariantCulture, $"{job.Type.Name} {number}"),
    };
}
