using Deliverybot.Sandbox.Runner;

namespace Deliverybot.Sandbox.Page.Views;

/// <summary>How checks and deployments of a repository go on.</summary>
public sealed record ConductView(bool ChecksEndByHand, RunnerMode Ending);
