using GraphQL.Types;
using GraphQL.Utilities;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>Binds <c>schema.graphql</c> to the nodes.</summary>
internal static class GraphQlSchema
{
    public static ISchema Load()
    {
        using var stream = typeof(GraphQlSchema).Assembly.GetManifestResourceStream("schema.graphql")
            ?? throw new InvalidOperationException("schema.graphql is missing");
        using var reader = new StreamReader(stream);
        var schema = Schema.For(reader.ReadToEnd(), builder =>
        {
            Bind<QueryNode>(builder, "Query");
            Bind<RateLimitNode>(builder, "RateLimit");
            Bind<UserNode>(builder, "User");
            Bind<OrganizationNode>(builder, "Organization");
            Bind<BotNode>(builder, "Bot");
            Bind<RepositoryNode>(builder, "Repository");
            Bind<RefNode>(builder, "Ref");
            Bind<ComparisonNode>(builder, "Comparison");
            Bind<TagNode>(builder, "Tag");
            Bind<CommitNode>(builder, "Commit");
            Bind<GitActorNode>(builder, "GitActor");
            Bind<StatusCheckRollupNode>(builder, "StatusCheckRollup");
            Bind<RollupContexts>(builder, "StatusCheckRollupContextConnection");
            Bind<StatusContextNode>(builder, "StatusContext");
            Bind<CheckRunNode>(builder, "CheckRun");
            Bind<CheckSuiteNode>(builder, "CheckSuite");
            Bind<AppNode>(builder, "App");
            Bind<PullRequestNode>(builder, "PullRequest");
            Bind<PullRequestCommitNode>(builder, "PullRequestCommit");
            Bind<TreeEntryNode>(builder, "TreeEntry");
        });
        foreach (var scalar in new[] { "DateTime", "GitTimestamp", "URI", "GitObjectID" })
        {
            schema.RegisterType(new TextScalar(scalar));
        }

        schema.Initialize();
        return schema;
    }

    private static void Bind<T>(SchemaBuilder builder, string name)
    {
        var type = builder.Types.For(name);
        type.Type = typeof(T);
        type.IsTypeOf<T>();
    }
}
