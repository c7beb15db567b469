using GraphQL.Types;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>One of GitHub's scalars that travel as strings.</summary>
internal sealed class TextScalar : StringGraphType
{
    public TextScalar(string name) => Name = name;
}
