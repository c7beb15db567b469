using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.PullRequests;

internal sealed class PullRequestCommentMapping : IEntityTypeConfiguration<PullRequestComment>
{
    public void Configure(EntityTypeBuilder<PullRequestComment> builder)
    {
        builder.ToTable("pull_request_comments");
        builder.HasKey(comment => new { comment.RepositoryId, comment.PullRequest, comment.Target });
        builder.Property(comment => comment.ToldAt).HasDefaultValueSql("now()");
        builder.HasOne<Installations.Repository>().WithMany().HasForeignKey(comment => comment.RepositoryId).OnDelete(DeleteBehavior.Cascade);
    }
}
