using Deliverybot.Data.Names;

namespace Deliverybot.Site.Pages.Shared;

/// <summary>The button that ends an environment's lock or hold.</summary>
/// <param name="ReturnUrl">The page to come back to.</param>
/// <param name="IsOfRow">Whether it is among the small ones of a row, with its key; else it stands alone under a form.</param>
internal sealed record UnlockView(RepositoryName Repository, EnvironmentName Environment, string ReturnUrl, bool IsOfRow = false);
