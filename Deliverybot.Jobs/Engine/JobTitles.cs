using System.Globalization;
using System.Reflection;
using Hangfire.Common;

namespace Deliverybot.Jobs.Engine;

/// <summary>What a job does, for operators who read the dashboard; what it is about stands before it: see <see cref="JobSubjects"/>.</summary>
/// <param name="words">With the job's arguments by their places, as in <see cref="string.Format(IFormatProvider, string, object[])"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JobTitleAttribute(string words) : Attribute
{
    public string Words { get; } = words;
}

/// <summary>How the dashboard calls a job.</summary>
internal static class JobTitles
{
    /// <returns><c>acme/shop → production: look at deployment 42</c>; where nothing is known of what it is about, what it does alone.</returns>
    public static string Of(Job job, JobSubject? subject)
    {
        var words = job.Method.GetCustomAttribute<JobTitleAttribute>() is { Words: var own }
            ? string.Format(CultureInfo.InvariantCulture, own, [.. job.Args])
            : $"{job.Type.Name}.{job.Method.Name}";
        return subject switch
        {
            null => words,
            { Repository: var repository, Environment: null } => words.StartsWith($"{repository}: ", StringComparison.Ordinal) ? words : $"{repository}: {words}",
            { Repository: var repository, Environment: { } environment } =>
                $"{repository} → {environment}: {(words.StartsWith($"{repository}: ", StringComparison.Ordinal) ? words[$"{repository}: ".Length..] : words)}",
        };
    }
}
