using System.Globalization;
using Deliverybot.Data.Names;
using Hangfire;
using Hangfire.States;
using Npgsql;

namespace Deliverybot.Jobs.Engine;

/// <summary>A job that is kept, as Hangfire has it.</summary>
/// <param name="Id">Hangfire's number of it.</param>
/// <param name="State">Hangfire's word: <c>Succeeded</c>.</param>
/// <param name="Reason">Why it is in that state, where somebody said so.</param>
internal sealed record JobLine(string Id, string Title, string State, string? Reason, DateTimeOffset CreatedAt)
{
    public bool HasFailed => State == FailedState.StateName;

    public bool HasSucceeded => State == SucceededState.StateName;
}

/// <summary>Finds the jobs that are about a deployment, and those that process the webhook it came from.</summary>
internal sealed class DeploymentJobs(DatabasePools pools, JobStorage storage, JobSubjects subjects)
{
    private const int Most = 50;

    /// <returns>Null: there is no such deployment.</returns>
    public Task<JobSubject?> SubjectAsync(DeploymentId id, CancellationToken cancellationToken) => subjects.OfDeploymentAsync(id, cancellationToken);

    /// <param name="about">The deployment's repository, which no line repeats.</param>
    /// <returns>At most fifty, the newest first.</returns>
    public async Task<IReadOnlyList<JobLine>> ReadAsync(DeploymentId id, RepositoryName about, CancellationToken cancellationToken)
    {
        var numbers = new List<long>();
        await using (var command = pools.Current.CreateCommand(HangfireTables.AboutDeployment))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id.ToString() });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id.Value });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Most });
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                numbers.Add(rows.GetInt64(0));
            }
        }

        return [.. numbers.Select(number => Find(number.ToString(CultureInfo.InvariantCulture), id, about)).OfType<JobLine>()];
    }

    private JobLine? Find(string number, DeploymentId id, RepositoryName about)
    {
        if (storage.GetMonitoringApi().JobDetails(number) is not { Job: { } job } details)
        {
            return null;
        }

        // The number may be another argument's: a repository's, say.
        var subject = subjects.Of(job);
        return subject?.Deployment == id || WorkOfAttribute.On(job) is { Deliveries: >= 0 }
            ? new JobLine(
                number,
                JobTitles.Alone(job, about),
                details.History.FirstOrDefault()?.StateName ?? "Created",
                details.History.FirstOrDefault()?.Reason,
                new DateTimeOffset(DateTime.SpecifyKind(details.CreatedAt ?? default, DateTimeKind.Utc)))
            : null;
    }
}
