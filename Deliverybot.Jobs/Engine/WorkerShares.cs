using System.Reflection;
using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Engine;

/// <summary>
/// The workers of this process. Most take whatever comes. The reserved ones hand what would be too much for one account to the queue
/// <see cref="Rest"/>, which the others work off when nothing else is left: an account with a thousand slow jobs keeps nobody waiting.
/// Who has just a few jobs, while the others are busy with somebody else's, doesn't get behind those: they go <see cref="Ahead"/>, or come back after a moment.
/// Each process does so by itself, so it holds however many there are.
/// </summary>
internal static class WorkerShares
{
    /// <summary>Hangfire takes queues by the alphabet: this comes before the default one.</summary>
    public const string Ahead = "ahead";

    /// <summary>And this comes after it.</summary>
    public const string Rest = "rest";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    /// <summary>Of 23, three: what they keep free, an account that is alone doesn't have.</summary>
    public static int ReservedOf(int workers) => Math.Max(1, workers / 7);

    public static RunningJobs Of(int workers) => new(ReservedOf(workers), workers - ReservedOf(workers));

    public static void Common(IServiceProvider services, BackgroundJobServerOptions options)
    {
        var (running, owners) = (services.GetRequiredService<RunningJobs>(), services.GetRequiredService<WorkOwners>());
        options.WorkerCount = services.GetRequiredService<DatabasePools>().Sizes.Workers - running.Reserved;
        options.Queues = [Ahead, EnqueuedState.DefaultQueue, Rest];
        options.SchedulePollingInterval = TimeSpan.FromSeconds(2);
        options.FilterProvider = new JobFilters(new UrgentJobs(), new FailureReasons(), new Count(running, owners), services.GetRequiredService<ObservedJobs>());
    }

    public static void Reserved(IServiceProvider services, BackgroundJobServerOptions options)
    {
        var (running, owners) = (services.GetRequiredService<RunningJobs>(), services.GetRequiredService<WorkOwners>());
        options.WorkerCount = running.Reserved;
        options.Queues = [Ahead, EnqueuedState.DefaultQueue];
        options.IsLightweightServer = true;
        options.FilterProvider = new JobFilters(new UrgentJobs(), new FailureReasons(), new Count(running, owners), new GiveWay(running, owners), services.GetRequiredService<ObservedJobs>());
    }

    private sealed class Count(RunningJobs running, WorkOwners owners) : IServerFilter
    {
        public void OnPerforming(PerformingContext context) => running.Begin(context.BackgroundJob.Id, owners.Of(context.BackgroundJob.Job));

        public void OnPerformed(PerformedContext context) => running.End(context.BackgroundJob.Id);
    }

    private sealed class GiveWay(RunningJobs running, WorkOwners owners) : IElectStateFilter
    {
        public void OnStateElection(ElectStateContext context)
        {
            if (context.CandidateState is ProcessingState
                && context.BackgroundJob is { Job: { } job, Id: var id }
                && owners.Of(job) is var account
                && !running.MayTakeReserved(id, account))
            {
                context.CandidateState = running.OverflowOf(account) switch
                {
                    Overflow.Ahead => new EnqueuedState(Ahead) { Reason = $"{account} has its share of the reserved workers: the next of the others." },
                    Overflow.AskAgain => new ScheduledState(Moment) { Reason = $"{account} has its share of the reserved workers, and hardly another is free." },
                    _ => new EnqueuedState(Rest) { Reason = $"Others go first: {account} has its share of the workers." },
                };
            }
        }
    }
}

/// <summary>The argument of a job that says whose work it is.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WorkOfAttribute(int argument, WorkKey key = WorkKey.Account) : Attribute
{
    public WorkKey Key { get; } = key;

    /// <summary>Which argument is the number of the deployment that the job is about, where the work isn't keyed by it; -1: none.</summary>
    public int Deployment { get; init; } = -1;

    /// <summary>Which argument is the numbers of the webhooks that the job processes; -1: none.</summary>
    public int Deliveries { get; init; } = -1;

    public static WorkOfAttribute? On(Job job) => job.Method.GetCustomAttribute<WorkOfAttribute>();

    /// <param name="name">A repository's full name, or what stands for its account.</param>
    public static string AccountIn(string name) => name.Split('/', ' ')[0].ToLowerInvariant();

    public object In(Job job) => job.Args[argument];
}

/// <summary>How a job names whose work it is.</summary>
internal enum WorkKey
{
    /// <summary>By a repository's full name, or by what stands for its account: a name, or the number of somebody's link.</summary>
    Account,

    /// <summary>By a repository's number.</summary>
    Repository,

    /// <summary>By a deployment's number.</summary>
    Deployment,
}
