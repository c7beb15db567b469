using Shouldly;
using Xunit;

namespace Deliverybot.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Data_knows_neither_Hangfire_nor_AspNetCore() =>
        NetArchTest.Rules.Types.InAssembly(System.Reflection.Assembly.Load("Deliverybot.Data"))
            .ShouldNot().HaveDependencyOnAny("Hangfire", "Microsoft.AspNetCore").GetResult().IsSuccessful.ShouldBeTrue();
}
