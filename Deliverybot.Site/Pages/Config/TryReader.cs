using System.Text;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Config;

/// <summary>Tries a file out, here and now: nothing is kept, and GitHub is told nothing.</summary>
internal sealed class TryReader(UserSession session, Preview preview)
{
    public async Task<TryAnswer> TryAsync(RepositoryAccess access, TryForm form, CancellationToken cancellationToken)
    {
        if (form.Read(out var fault) is not { } happens)
        {
            return new TryAnswer.Unclear(fault);
        }

        // A form writes each line's end as two characters, which must not count towards the limit.
        return await DeployFileParser.Parse(Encoding.UTF8.GetBytes((form.File ?? "").ReplaceLineEndings("\n"))).Match<Task<TryAnswer>>(
            async targets => new TryAnswer.Played(happens, await preview.OfEventAsync(access.Id, access.Name, targets, happens, session.User, cancellationToken)),
            errors => Task.FromResult<TryAnswer>(new TryAnswer.Faulty(errors)),
            () => Task.FromResult<TryAnswer>(new TryAnswer.Unclear(
                "This is a GitHub Actions workflow, which belongs under .github/workflows: there are no targets in it to try.")));
    }
}
