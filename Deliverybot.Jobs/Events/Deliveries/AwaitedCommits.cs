using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Engine;
using Npgsql;
using NpgsqlTypes;

namespace Deliverybot.Jobs.Events.Deliveries;

/// <summary>
/// Tells whether something waits for a commit. Whoever asks while another look-up is under way shares the next one: a burst of statuses
/// costs few round trips, and no more than one of the connections by which webhooks are taken in.
/// </summary>
public sealed class AwaitedCommits(DatabasePools pools)
{
    private const int MostAtOnce = 256;

    /// <summary>In seconds: a connection that has died unseen must not keep those who ask from their answer for longer than GitHub waits.</summary>
    private const int Patience = 3;

    private static readonly string Waits =
        $"""
        select exists (select from deployments where repository_id = asked.repository and sha = asked.sha and state in {DeploymentStates.Sql(DeploymentStates.Open)})
        from unnest($1, $2) with ordinality as asked (repository, sha, place) order by place
        """;

    private readonly Lock _lock = new();
    private List<Question> _asked = [];
    private bool _isAnswering;

    /// <summary>As of a moment after the call.</summary>
    /// <exception cref="NpgsqlException">The database can't be asked.</exception>
    public Task<bool> ContainAsync(RepositoryId repository, CommitSha sha, CancellationToken cancellationToken)
    {
        var question = new Question(repository, sha, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _asked.Add(question);
            if (!_isAnswering)
            {
                _isAnswering = true;
                // For all who ask: in nobody's trace.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(AnswerAsync, CancellationToken.None);
                }
            }
        }

        return question.Answer.Task.WaitAsync(cancellationToken);
    }

    private async Task AnswerAsync()
    {
        while (Next() is { Count: > 0 } questions)
        {
            try
            {
                await AnswerAsync(questions);
            }
            catch (Exception fault)
            {
                // It belongs to the requests that wait.
                questions.ForEach(question => question.Answer.TrySetException(fault));
            }
        }
    }

    private List<Question> Next()
    {
        lock (_lock)
        {
            var next = _asked.Count <= MostAtOnce ? _asked : _asked.GetRange(0, MostAtOnce);
            _asked = _asked.Count <= MostAtOnce ? [] : _asked.GetRange(MostAtOnce, _asked.Count - MostAtOnce);
            _isAnswering = next.Count > 0;
            return next;
        }
    }

    private async Task AnswerAsync(List<Question> questions)
    {
        await using var command = pools.Receiving.CreateCommand(Waits);
        command.CommandTimeout = Patience;
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = questions.ConvertAll(question => question.Repository.Value) });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = questions.ConvertAll(question => question.Sha.Value) });
        await using var reader = await command.ExecuteReaderAsync();
        foreach (var question in questions)
        {
            await reader.ReadAsync();
            question.Answer.SetResult(reader.GetBoolean(0));
        }
    }

    private sealed record Question(RepositoryId Repository, CommitSha Sha, TaskCompletionSource<bool> Answer);
}
