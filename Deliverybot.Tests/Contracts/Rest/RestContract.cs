namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>Holds requests and answers to GitHub's description.</summary>
internal sealed class RestContract(GitHubDescription description)
{
    private const string RefusalSchema = "basic-error";

    // https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api: any operation may be refused so.
    private static readonly int[] Refusals = [400, 401, 403, 404, 422, 429];

    public static async Task<RestContract> LoadAsync() => new(await GitHubDescription.GetAsync());

    /// <returns>One line for each way in which the two sides strayed from the description.</returns>
    public IEnumerable<string> Faults(Exchange exchange) => Found(exchange)
        .Where(fault => !RestExceptions.Excuse(exchange.Path, fault))
        .Select(fault => $"{exchange}: {fault}");

    private IEnumerable<string> Found(Exchange exchange) => description.Find(exchange.Method, exchange.Path) is { } operation
        ? [.. InRequest(exchange, operation), .. InAnswer(exchange, operation)]
        : ["GitHub describes no such operation"];

    private IEnumerable<string> InRequest(Exchange exchange, DescribedOperation operation)
    {
        var query = exchange.Query.Where(name => !operation.Query.Contains(name)).Select(name => $"the query's {name} is not known to GitHub");
        return exchange.Sent is "" or "{}" ? query
            : operation.RequestSchema is null ? query.Append("GitHub expects no body")
            : query.Concat(description.Faults(GitHubDescription.NameOf(operation), exchange.Sent).Select(fault => $"sent {fault}"));
    }

    private IEnumerable<string> InAnswer(Exchange exchange, DescribedOperation operation)
    {
        if (exchange.Status == 304)
        {
            return exchange.Method == "GET" && exchange.Answered.Length == 0 ? [] : ["304 has a body, or answers no GET"];
        }

        var isDescribed = operation.Statuses.Contains(exchange.Status);
        if (!isDescribed && !Refusals.Contains(exchange.Status))
        {
            return [$"GitHub answers no {exchange.Status}"];
        }

        return SchemaOf(exchange, operation) is not { } schema
            ? exchange.Answered.Length == 0 ? [] : [$"GitHub's {exchange.Status} has no body"]
            : exchange.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true ? [$"answered {exchange.ContentType}"]
            : description.Faults(schema, exchange.Answered).Select(fault => $"answered {exchange.Status} {fault}");
    }

    private static string? SchemaOf(Exchange exchange, DescribedOperation operation) =>
        operation.ResponseSchema(exchange.Status) is not null ? GitHubDescription.NameOf(operation, exchange.Status)
        : exchange.Status >= 400 ? RefusalSchema
        : null;
}
