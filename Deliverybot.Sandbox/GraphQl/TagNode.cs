using Deliverybot.Sandbox.Rendering;
using Deliverybot.Sandbox.Rest;
using Deliverybot.Sandbox.World;

namespace Deliverybot.Sandbox.GraphQl;

/// <summary>An annotated tag.</summary>
internal sealed class TagNode(RestCall call, Repository repository, AnnotatedTag tag)
{
    public string Id => NodeId.Of("Tag" + tag.Sha, repository.Id);

    public string Oid => tag.Sha;

    public string AbbreviatedOid => tag.Sha[..7];

    public string CommitUrl => $"{RepositoryJson.HtmlUrl(call.World.Urls, repository)}/commit/{tag.TargetSha}";

    public string Name => tag.Name;

    public string Message => tag.Message;

    public GitActorNode Tagger => new(call.World, tag.Tagger, tag.Date);

    public CommitNode Target => new(call, repository, repository.Objects.Peel(tag.TargetSha));
}
