using System.Text.Json.Nodes;
using Deliverybot.Sandbox.Rendering;

namespace Deliverybot.Sandbox.World;

public sealed partial class GitHubWorld
{
    /// <summary>Publishes a release; its tag is made at the default branch's head if there is none of that name.</summary>
    public Release PublishRelease(Repository repository, string tag, Account author, bool prerelease = false)
    {
        lock (Gate)
        {
            if (!repository.TagRefs.ContainsKey(tag))
            {
                CreateTag(repository, tag, repository.Head, author);
            }

            var release = new Release(NextId(), tag, repository.DefaultBranch, tag, prerelease, author, Now());
            repository.Releases.Add(release);
            foreach (var action in new[] { "created", "published", prerelease ? "prereleased" : "released" })
            {
                Emit("release", repository, author, new JsonObject
                {
                    ["action"] = action,
                    ["release"] = ReleaseJson.Of(this, repository, release),
                });
            }

            return release;
        }
    }
}
