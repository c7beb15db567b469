using GraphQL;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>An error with GitHub's <c>type</c>; the answer is 200 all the same.</summary>
internal sealed class GraphQlProblem : ExecutionError
{
    public GraphQlProblem(string type, string message)
        : base(message) => Code = type;
}
