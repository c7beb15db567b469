using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>What the person is told, where scripts leave the page as it is.</summary>
/// <param name="Repository">Where it was done.</param>
/// <param name="Sentence">What was done.</param>
/// <param name="Deployment">What can be watched now, if anything.</param>
internal sealed record ActDone(RepositoryName Repository, string Sentence, DeploymentId? Deployment = null);
