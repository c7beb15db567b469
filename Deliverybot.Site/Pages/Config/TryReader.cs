using System.Text;
using Deliverybot.Jobs.Calendar;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.DeployFile;
using Deliverybot.Site.Rights;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Pages.Config;

/// <summary>Tries a file out, here and now: nothing is kept, and GitHub is told nothing.</summary>
internal sealed class TryReader(UserSession session, Preview preview, TimeProvider time)
{
    public async Task<TryAnswer> TryAsync(RepositoryAccess access, TryForm form, CancellationToken cancellationToken)
    {
        if (form.Read(out var fault) is not { } happens)
        {
            return new TryAnswer.Unclear(fault);
        }

        // A form writes each line's end as two characters, which must not count towards the limit.
        return await DeployFileParser.Parse(Encoding.UTF8.GetBytes((form.File ?? "").ReplaceLineEndings("\n")), access.Name.Owner).Match<Task<TryAnswer>>(
            targets => PlayAsync(access, form, targets, happens, cancellationToken),
            errors => Task.FromResult<TryAnswer>(new TryAnswer.Faulty(errors)),
            () => Task.FromResult<TryAnswer>(new TryAnswer.Unclear(
                "This is a GitHub Actions workflow, which belongs under .github/workflows: there are no targets in it to try.")));
    }

    /// <summary>The time is told by the clock of the file.</summary>
    private async Task<TryAnswer> PlayAsync(
        RepositoryAccess access, TryForm form, DeployTargets targets, RehearsalEvent happens, CancellationToken cancellationToken)
    {
        var zone = TimeZones.Of(targets.Rules.TimeZone);
        var at = form.ReadTime(zone, time.GetUtcNow(), out var fault);
        return fault.Length > 0
            ? new TryAnswer.Unclear(fault)
            : new TryAnswer.Played(
                happens,
                await preview.OfEventAsync(access.Id, access.Name, targets, happens, session.User, at, cancellationToken),
                at is { } moment ? $"{WallClock.Text(zone, moment)} ({TimeZones.NameOf(zone)})" : null);
    }
}
