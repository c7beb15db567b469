using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Deliverybot.Sandbox.Processes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>GitHub's own description of its REST API and its webhooks, as far as <c>Descriptions/extract.mjs</c> took it over.</summary>
internal sealed class GitHubDescription
{
    private static readonly Lazy<Task<GitHubDescription>> Loaded = new(LoadAsync);

    private readonly ILookup<string, DescribedOperation> _operations;
    private readonly JsonObject _definitions;
    private readonly JsonSchema _schemas;

    private GitHubDescription(ILookup<string, DescribedOperation> operations, JsonObject definitions, JsonSchema schemas)
    {
        _operations = operations;
        _definitions = definitions;
        _schemas = schemas;
    }

    public static Task<GitHubDescription> GetAsync() => Loaded.Value;

    /// <returns>Null for what GitHub doesn't describe.</returns>
    public DescribedOperation? Find(string method, string path) => _operations[method]
        .Where(operation => operation.Fits(path))
        .MaxBy(operation => operation.Literals);

    /// <summary>Where a body isn't what GitHub describes: what is missing, of another type, or not known to GitHub at all.</summary>
    /// <param name="name">Of the schema, as <see cref="NameOf(DescribedOperation)"/> makes it.</param>
    public IEnumerable<string> Faults(string name, string body)
    {
        var wrong = _schemas.Definitions[name].Validate(body).SelectMany(Innermost).Select(error => $"{error.Path} {error.Kind}");
        return wrong.Concat(KnownFields.Unknown(JsonNode.Parse(body), _definitions[name]!, _definitions).Select(path => $"{path} is not known to GitHub"));
    }

    /// <summary>What a record of ours reads of an answer, and GitHub doesn't (always) give.</summary>
    public IEnumerable<string> Misreadings(JsonTypeInfo record, string method, string template, int status)
    {
        var operation = _operations[method].Single(operation => operation.Template == template);
        return new RecordFit(_definitions).Faults(record, _definitions[NameOf(operation, status)]!).Select(fault => $"{operation} {fault}");
    }

    /// <returns>The name of the schema of an event, null if GitHub describes none.</returns>
    public string? EventNamed(string eventName, string? action)
    {
        var name = EventName((action is null ? eventName : $"{eventName}-{action}").Replace('_', '-'));
        return _definitions.ContainsKey(name) ? name : null;
    }

    public static string NameOf(DescribedOperation operation) => $"{operation} request";

    public static string NameOf(DescribedOperation operation, int status) => $"{operation} {status}";

    private static string EventName(string name) => $"webhook {name}";

    // A value that may be null is an alternative, of which only the other's faults tell anything.
    private static IEnumerable<ValidationError> Innermost(ValidationError error) => error is ChildSchemaValidationError { Errors: { Count: > 0 } inner }
        ? inner.Values.SelectMany(errors => errors).SelectMany(Innermost).Where(leaf => leaf.Kind != ValidationErrorKind.NullExpected)
        : [error];

    private static async Task<GitHubDescription> LoadAsync()
    {
        var file = RepositoryFolder.Of("Deliverybot.Tests", "Contracts", "Descriptions", "github-openapi.json");
        var description = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var operations = description["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(method =>
                new DescribedOperation(method.Key.ToUpperInvariant(), path.Key, method.Value!.AsObject())))
            .ToLookup(operation => operation.Method);
        var definitions = JsonSchemaForm.Of(description["components"]!["schemas"]!).AsObject();
        foreach (var operation in operations.SelectMany(group => group))
        {
            AddBodies(operation, definitions);
        }

        foreach (var (name, webhook) in description["x-webhooks"]!.AsObject())
        {
            definitions[EventName(name)] = JsonSchemaForm.Of(webhook!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!);
        }

        var schemas = await JsonSchema.FromJsonAsync(new JsonObject { ["definitions"] = definitions.DeepClone() }.ToJsonString());
        return new GitHubDescription(operations, definitions, schemas);
    }

    private static void AddBodies(DescribedOperation operation, JsonObject definitions)
    {
        if (operation.RequestSchema is { } request)
        {
            definitions[NameOf(operation)] = JsonSchemaForm.Of(request);
        }

        foreach (var status in operation.Statuses)
        {
            if (operation.ResponseSchema(status) is { } response)
            {
                definitions[NameOf(operation, status)] = JsonSchemaForm.Of(response);
            }
        }
    }
}
