using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Deliverybot.Data.Names;

/// <summary>A person in a row: the login in a column of that name, and the number beside it, which rows of earlier releases don't have.</summary>
internal static class GitHubUserMapping
{
    public static void HasUser<TEntity>(
        this EntityTypeBuilder<TEntity> builder, Expression<Func<TEntity, GitHubUser>> user, string column)
        where TEntity : class => builder.ComplexProperty(user, complex =>
        {
            complex.Property(who => who.Login).HasColumnName(column);
            complex.Property(who => who.Id).HasColumnName($"{column}_id");
        });
}
