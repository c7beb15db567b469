using System.Reflection;
using Deliverybot.Jobs.GitHub;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class OctokitBoundaryTests
{
    [Theory]
    [InlineData("Deliverybot.Jobs")]
    [InlineData("Deliverybot.Site")]
    public void Nothing_but_the_transport_sees_Octokit(string assembly)
    {
        var result = NetArchTest.Rules.Types.InAssembly(Assembly.Load(assembly))
            .That().DoNotResideInNamespace(typeof(GitHubClients).Namespace + ".Transport")
            .ShouldNot().HaveDependencyOn("Octokit")
            .GetResult();

        result.IsSuccessful.ShouldBeTrue(string.Join(", ", result.FailingTypeNames ?? []));
    }
}
