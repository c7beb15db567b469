using System.Transactions;

namespace Deliverybot.Jobs.Engine;

/// <summary>
/// One transaction for rows and for the jobs that are made because of them: EF Core and Hangfire both join it, as they share the
/// data source. The connection must not be held open meanwhile (as an environment's turn does): a second one can't join.
/// </summary>
internal static class JobTransaction
{
    /// <summary>Nobody waits for GitHub in one, and for an environment's turn for seconds.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public static TransactionScope Begin() => new(
        TransactionScopeOption.Required,
        new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted, Timeout = Longest },
        TransactionScopeAsyncFlowOption.Enabled);
}
