using System.Globalization;
using System.Reflection;
using Deliverybot.Data.Names;
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
        var words = Told(job);
        return subject switch
        {
            null => words,
            { Repository: var repository, Environment: null } => $"{repository}: {Without(repository, words)}",
            { Repository: var repository, Environment: { } environment } => $"{repository} → {environment}: {Without(repository, words)}",
        };
    }

    /// <summary>The same where it is said already what it is about: <c>Look at deployment 42</c>.</summary>
    public static string Alone(Job job, RepositoryName repository)
    {
        var words = Without(repository, Told(job));
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}";
    }

    private static string Told(Job job) => job.Method.GetCustomAttribute<JobTitleAttribute>() is { Words: var own }
        ? string.Format(CultureInfo.InvariantCulture, own, [.. job.Args.Select(Spelled)])
        : $"{job.Type.Name}.{job.Method.Name}";

    /// <summary>Channels and events are stored as <c>commit_status</c>.</summary>
    private static object? Spelled(object? argument) =>
        argument is string name && !name.Contains('/', StringComparison.Ordinal) ? name.Replace('_', ' ') : argument;

    private static string Without(RepositoryName repository, string words) =>
        words.StartsWith($"{repository}: ", StringComparison.Ordinal) ? words[$"{repository}: ".Length..] : words;
}
