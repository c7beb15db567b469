using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.PullRequests;

internal sealed class ClosedPullRequestMapping : IEntityTypeConfiguration<ClosedPullRequest>
{
    public void Configure(EntityTypeBuilder<ClosedPullRequest> builder)
    {
        builder.ToTable("closed_pull_requests");
        builder.HasKey(closed => new { closed.RepositoryId, closed.PullRequest });
        builder.HasOne<Installations.Repository>().WithMany().HasForeignKey(closed => closed.RepositoryId).OnDelete(DeleteBehavior.Cascade);
    }
}
