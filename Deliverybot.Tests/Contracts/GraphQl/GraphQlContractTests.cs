using System.Diagnostics;
using System.Text.Json;
using Deliverybot.Jobs.GitHub.GraphQl;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.Processes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Contracts.GraphQl;

/// <summary>GitHub's schema is judged by the reference implementation of GraphQL, which runs in Node.</summary>
public sealed class GraphQlContractTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Our_documents_and_the_schema_of_the_stand_in_keep_to_the_schema_of_GitHub()
    {
        GraphQlDocument.All.ShouldNotBeEmpty();

        var faults = await CheckAsync([.. GraphQlDocument.All, EnvironmentCommitsQuery.DocumentFor(commits: 2, places: 2)], await ReadSubsetAsync());

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_field_that_GitHub_does_not_have_is_found_on_both_sides()
    {
        var document = new GraphQlDocument("Wrong", "query Wrong { viewer { logon } }");

        var faults = await CheckAsync([document], "type Query { viewer: User } type User { login: Int! shoeSize: Int }");

        faults.Count.ShouldBe(4, string.Join(Environment.NewLine, faults));
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyList<GraphQlDocument> documents, string subset)
    {
        var script = RepositoryFolder.Of("Deliverybot.Tests", "Contracts", "GraphQl", "check.mjs");
        using var node = Process.Start(new ProcessStartInfo("node", [script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var question = new { documents = documents.Select(document => new { name = document.Name, text = document.Text }), subset };
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(question));
        node.StandardInput.Close();
        var answer = node.StandardOutput.ReadToEndAsync(Ended);
        var complaint = await node.StandardError.ReadToEndAsync(Ended);
        await node.WaitForExitAsync(Ended);
        node.ExitCode.ShouldBe(0, complaint);
        return JsonSerializer.Deserialize<List<string>>(await answer)!;
    }

    private static async Task<string> ReadSubsetAsync()
    {
        using var reader = new StreamReader(typeof(SandboxServer).Assembly.GetManifestResourceStream("schema.graphql")!);
        return await reader.ReadToEndAsync(Ended);
    }
}
