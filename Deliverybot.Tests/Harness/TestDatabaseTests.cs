using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Harness;

public sealed class TestDatabaseTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Each_test_class_has_a_database_of_its_own()
    {
        await using var command = database.Source.CreateCommand("SELECT current_database()");

        var name = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        name.ShouldBeOfType<string>().ShouldStartWith("deliverybot_test_");
    }
}
