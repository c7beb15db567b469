using Hangfire.States;

namespace Deliverybot.Jobs.Engine;

/// <summary>Says first why a job has failed, where Hangfire says that there was an exception.</summary>
internal sealed class FailureReasons : IElectStateFilter
{
    private const int Longest = 280;

    public void OnStateElection(ElectStateContext context)
    {
        if (context.CandidateState is FailedState { Exception: { } fault } failed)
        {
            failed.Reason = Shorten(fault.Message.ReplaceLineEndings(" "));
        }
    }

    private static string Shorten(string text) => text.Length <= Longest ? text : $"{text[..(Longest - 1)]}…";
}
