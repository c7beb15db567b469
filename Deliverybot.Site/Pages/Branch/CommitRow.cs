using Deliverybot.Jobs.GitHub.GraphQl;

namespace Deliverybot.Site.Pages.Branch;

internal sealed record CommitRow(BranchCommit Commit, ChecksView Checks, Placements Placements);
