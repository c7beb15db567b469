using System.Globalization;
using Hangfire.Common;
using Npgsql;

namespace Deliverybot.Jobs.Engine;

/// <summary>Whose work a job is: whoever must not take all workers.</summary>
internal sealed class WorkOwners(DatabasePools pools)
{
    private const string OfRepository = "select owner from repositories where id = $1";

    private const string OfDeployment = "select owner from repositories where id = (select repository_id from deployments where id = $1)";

    /// <returns>An account at GitHub; where the job doesn't name one, all jobs of its kind together.</returns>
    public string Of(Job job) => (WorkOfAttribute.On(job), WorkOfAttribute.On(job)?.In(job)) switch
    {
        ({ Key: WorkKey.Repository }, long repository) => Find(OfRepository, repository) ?? job.Type.Name,
        ({ Key: WorkKey.Deployment }, long deployment) => Find(OfDeployment, deployment) ?? job.Type.Name,
        (_, string name) => WorkOfAttribute.AccountIn(name),
        (_, { } number) => string.Create(CultureInfo.InvariantCulture, $"{job.Type.Name} {number}"),
        _ => job.Type.Name,
    };

    /// <summary>One look by a key, where a job costs some forty. The job that it is asked for meets a fault of the database by itself.</summary>
    private string? Find(string question, long number)
    {
        try
        {
            using var command = pools.Jobs.CreateCommand(question);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number });
            return command.ExecuteScalar() is string owner ? WorkOfAttribute.AccountIn(owner) : null;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
