using System.Text.Json;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.DeployFile.Templates;

namespace Deliverybot.Tests.Jobs.DeployFile;

internal static class TemplateSamples
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";

    public static readonly TemplateValues Values = new(
        RepositoryName.Parse("octo-org/shop"), new TargetName("review"), GitRef.Branch("feature/x"), CommitSha.Parse(Sha))
    {
        PullRequestNumber = new PullRequestNumber(7),
        Commit = JsonSerializer.SerializeToElement(new
        {
            sha = Sha,
            commit = new { message = "Add \"cart\"\n\nwith a \\ in it", author = new { name = "Mona <mona@github.com>" } },
            parents = new[] { new { sha = "1" } },
        }),
        PullRequest = JsonSerializer.SerializeToElement(new
        {
            number = 7,
            title = "Add cart",
            draft = false,
            body = (string?)null,
            labels = new[] { new { name = "now" }, new { name = "later" } },
        }),
    };
}
