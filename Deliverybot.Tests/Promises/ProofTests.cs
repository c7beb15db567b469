using System.Reflection;
using Shouldly;
using Xunit;
using Xunit.v3;

namespace Deliverybot.Tests.Promises;

public sealed class ProofTests
{
    public static TheoryData<string> Proofs => [.. SecurityDocument.Promises.SelectMany(promise => promise.Proofs).Distinct()];

    [Fact]
    public void Every_promise_names_its_proof()
    {
        SecurityDocument.Promises.Count.ShouldBeGreaterThan(20);
        SecurityDocument.Promises.Where(promise => promise.Proofs.Count == 0).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Proofs))]
    public void Every_proof_is_a_test_that_runs(string proof)
    {
        var (type, method) = proof.Split('.') is [var first, var second] ? (first, second) : (proof, "");

        var facts = typeof(ProofTests).Assembly.GetTypes()
            .Where(candidate => candidate.Name == type)
            .SelectMany(candidate => candidate.GetMethods())
            .Where(candidate => candidate.Name == method)
            .SelectMany(candidate => candidate.GetCustomAttributes())
            .OfType<IFactAttribute>();

        facts.ShouldHaveSingleItem($"SECURITY.md names {proof}, which is no test.").Skip.ShouldBeNull();
    }
}
