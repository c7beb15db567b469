namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>The state of a commit's checks, one or all together: of several, the greatest counts.</summary>
internal enum CombinedState
{
    Nothing,
    Waiting,
    Success,
    Pending,
    Failing,
}
