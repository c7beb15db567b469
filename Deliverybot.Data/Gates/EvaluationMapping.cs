using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Gates;

internal sealed class EvaluationMapping : IEntityTypeConfiguration<Evaluation>
{
    public void Configure(EntityTypeBuilder<Evaluation> builder)
    {
        builder.ToTable("evaluations");
        builder.HasKey(evaluation => evaluation.Id);
        builder.Property(evaluation => evaluation.Id).UseIdentityAlwaysColumn();
        builder.Property(evaluation => evaluation.Verdicts)
            .HasColumnType("jsonb")
            .HasConversion(
                verdicts => JsonSerializer.Serialize(verdicts, GateVerdictJson.Default.IReadOnlyListGateVerdict),
                json => JsonSerializer.Deserialize(json, GateVerdictJson.Default.IReadOnlyListGateVerdict)!,
                new ValueComparer<IReadOnlyList<GateVerdict>>(
                    (left, right) => ReferenceEquals(left, right),
                    verdicts => verdicts.Count,
                    verdicts => verdicts));
        builder.HasIndex(evaluation => evaluation.DeploymentId);
    }
}
