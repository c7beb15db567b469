using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>The contract itself: that it lets nothing through which GitHub wouldn't.</summary>
public sealed class RestContractTests
{
    private const string Json = "application/json; charset=utf-8";
    private static readonly Exchange Status = new("POST", "/repos/acme/shop/statuses/0123", [], """{"state":"success"}""", 404, Json, """{"message":"Not Found"}""");

    [Fact]
    public async Task What_is_described_passes() => (await FaultsOfAsync(Status)).ShouldBeEmpty();

    [Fact]
    public async Task An_operation_that_nobody_described_is_a_fault()
    {
        (await FaultsOfAsync(Status with { Method = "PUT" })).ShouldHaveSingleItem().ShouldContain("no such operation");
        (await FaultsOfAsync(Status with { Path = "/repos/acme/shop/statuses" })).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_parameter_or_field_that_nobody_described_is_a_fault()
    {
        (await FaultsOfAsync(Status with { Query = ["pretty"] })).ShouldHaveSingleItem().ShouldContain("pretty");
        (await FaultsOfAsync(Status with { Sent = """{"state":"success","contex":"ci"}""" })).ShouldHaveSingleItem().ShouldContain("contex");
        (await FaultsOfAsync(Status with { Answered = """{"message":"Not Found","reason":"?"}""" })).ShouldHaveSingleItem().ShouldContain("reason");
    }

    [Fact]
    public async Task A_body_of_another_shape_is_a_fault()
    {
        (await FaultsOfAsync(Status with { Sent = """{"state":"good"}""" })).ShouldHaveSingleItem().ShouldContain("state");
        (await FaultsOfAsync(Status with { Sent = """{"context":"ci"}""" })).ShouldHaveSingleItem().ShouldContain("state");
        (await FaultsOfAsync(Status with { Sent = """{"state":"success","target_url":3}""" })).ShouldHaveSingleItem().ShouldContain("target_url");
        (await FaultsOfAsync(Status with { Answered = """{"message":null}""" })).ShouldHaveSingleItem().ShouldContain("message");
        (await FaultsOfAsync(Status with { Status = 201, Answered = "{}" })).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_status_that_nobody_described_is_a_fault()
    {
        (await FaultsOfAsync(Status with { Status = 202 })).ShouldHaveSingleItem().ShouldContain("202");
        (await FaultsOfAsync(Status with { ContentType = "text/html" })).ShouldHaveSingleItem().ShouldContain("text/html");
    }

    private static async Task<List<string>> FaultsOfAsync(Exchange exchange) => [.. (await RestContract.LoadAsync()).Faults(exchange)];
}
