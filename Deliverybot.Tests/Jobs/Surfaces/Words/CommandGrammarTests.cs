using Deliverybot.Jobs.Surfaces.Words;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Words;

public sealed class CommandGrammarTests
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData(20, null)]
    [InlineData(21, "One command can name 20 targets at most, and this one names 21.")]
    [InlineData(2000, "One command can name 20 targets at most, and this one names 2000.")]
    public void A_command_names_so_many_targets_at_most(int named, string? fault)
    {
        var reading = CommandGrammar.Read($"/deploy {string.Join(", ", Enumerable.Range(0, named).Select(at => $"target-{at}"))}");

        (reading as CommandReading.Mistyped)?.Fault.ShouldBe(fault);
        (reading is CommandReading.Whole).ShouldBe(fault is null);
    }

    [Theory]
    [InlineData("/deploy staging", "deploy [staging]")]
    [InlineData("/deploy staging,production", "deploy [staging] [production]")]
    [InlineData("/deploy staging, production", "deploy [staging] [production]")]
    [InlineData("/deploy staging ,production , web", "deploy [staging] [production] [web]")]
    [InlineData("/deploy staging,staging", "deploy [staging]")]
    [InlineData("/deploy Staging,staging", "deploy [Staging] [staging]")]
    [InlineData("/deploy staging force", "deploy [staging] force")]
    [InlineData("/deploy staging FORCE", "deploy [staging] force")]
    [InlineData("/deploy staging 1a2b3c4", "deploy [staging] at 1a2b3c4")]
    [InlineData("/deploy staging 1A2B3C4", "deploy [staging] at 1a2b3c4")]
    [InlineData("/deploy staging " + Sha, "deploy [staging] at " + Sha)]
    [InlineData("/deploy staging 1a2b3c4 force", "deploy [staging] at 1a2b3c4 force")]
    [InlineData("/deploy staging force 1a2b3c4", "deploy [staging] at 1a2b3c4 force")]
    [InlineData("/deploy 1a2b3c4", "deploy [1a2b3c4]")]
    [InlineData("/deploy constructor", "deploy [constructor]")]
    [InlineData("/deploy __proto__", "deploy [__proto__]")]
    [InlineData("/deploy \"blue green\"", "deploy [blue green]")]
    [InlineData("/deploy \"blue green\",web force", "deploy [blue green] [web] force")]
    [InlineData("/deploy stäging", "deploy [stäging]")]
    [InlineData("/deploy a/b:c.d", "deploy [a/b:c.d]")]
    [InlineData("/DEPLOY staging", "deploy [staging]")]
    [InlineData("/Deploy staging", "deploy [staging]")]
    [InlineData("/deploy   staging", "deploy [staging]")]
    [InlineData("/deploy\tstaging", "deploy [staging]")]
    [InlineData("/deploy\u00A0staging", "deploy [staging]")]
    [InlineData("/deploy\u3000staging\u2003force", "deploy [staging] force")]
    [InlineData("/deploy staging   ", "deploy [staging]")]
    [InlineData("   /deploy staging", "deploy [staging]")]
    [InlineData("/deploy staging\r\nThank you!", "deploy [staging]")]
    [InlineData("/deploy staging\n/deploy production", "deploy [staging]")]
    [InlineData("\n\n/deploy staging", "deploy [staging]")]
    [InlineData("/deploy", "help")]
    [InlineData("/deploy  ", "help")]
    [InlineData("/deploy help", "help")]
    [InlineData("/deploy HELP", "help")]
    [InlineData("/deploy\nstaging", "help")]
    [InlineData("/promote", "promote")]
    [InlineData("/promote ", "promote")]
    [InlineData("/status", "status")]
    [InlineData("/STATUS\n\nplease", "status")]
    [InlineData("/rollback production", "rollback [production]")]
    [InlineData("/rollback \"blue green\"", "rollback [blue green]")]
    [InlineData("/cancel staging", "cancel [staging]")]
    [InlineData("/unlock production", "unlock [production]")]
    [InlineData("/unlock Production", "unlock [Production]")]
    [InlineData("/lock production", "lock [production] for - because []")]
    [InlineData("/lock production stock-taking", "lock [production] for - because [stock-taking]")]
    [InlineData("/lock production stock-taking, see the wiki", "lock [production] for - because [stock-taking, see the wiki]")]
    [InlineData("/lock production for 2h", "lock [production] for 02:00:00 because []")]
    [InlineData("/lock production for 30m", "lock [production] for 00:30:00 because []")]
    [InlineData("/lock production for 3d", "lock [production] for 3.00:00:00 because []")]
    [InlineData("/lock production FOR 2H", "lock [production] for 02:00:00 because []")]
    [InlineData("/lock production for 2 hours", "lock [production] for 02:00:00 because []")]
    [InlineData("/lock production for 1d12h", "lock [production] for 1.12:00:00 because []")]
    [InlineData("/lock production for 90 min tests run", "lock [production] for 01:30:00 because [tests run]")]
    [InlineData("/lock production for 2h stock-taking", "lock [production] for 02:00:00 because [stock-taking]")]
    [InlineData("/lock production for 2h 30 tests fail", "lock [production] for 02:00:00 because [30 tests fail]")]
    [InlineData("/lock production  for  2h  stock  taking ", "lock [production] for 02:00:00 because [stock  taking]")]
    [InlineData("/lock production for 720h", "lock [production] for 30.00:00:00 because []")]
    [InlineData("/lock production for 30d", "lock [production] for 30.00:00:00 because []")]
    [InlineData("/lock production for the release", "lock [production] for - because [for the release]")]
    [InlineData("/lock production for", "lock [production] for - because [for]")]
    [InlineData("/lock production stock for 2h", "lock [production] for - because [stock for 2h]")]
    [InlineData("/lock \"blue green\" for 2h", "lock [blue green] for 02:00:00 because []")]
    [InlineData("/lock review-7 <b>@team</b>", "lock [review-7] for - because [<b>@team</b>]")]
    public void A_command_is_read(string comment, string meaning) => Shown(comment).ShouldBe(meaning);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   \n\n")]
    [InlineData("Looks good to me")]
    [InlineData("/")]
    [InlineData("/ deploy staging")]
    [InlineData("//deploy staging")]
    [InlineData("\\/deploy staging")]
    [InlineData("/deployment")]
    [InlineData("/deployment staging")]
    [InlineData("/deploys staging")]
    [InlineData("/deploy-staging")]
    [InlineData("/deploy:staging")]
    [InlineData("/deploy,staging")]
    [InlineData("/deploy/staging")]
    [InlineData("/depl0y staging")]
    [InlineData("/deplo staging")]
    [InlineData("/locks")]
    [InlineData("/look at this")]
    [InlineData("/locked production")]
    [InlineData("/statuses")]
    [InlineData("/help")]
    [InlineData("/retest")]
    [InlineData("/help deploy")]
    [InlineData("deploy staging")]
    [InlineData("please /deploy staging")]
    [InlineData("@deliverybot /deploy staging")]
    [InlineData("Hello\n/deploy staging")]
    [InlineData("> /deploy staging")]
    [InlineData(">/deploy staging")]
    [InlineData("> /deploy staging\n\n/deploy production")]
    [InlineData("    /deploy staging")]
    [InlineData("\t/deploy staging")]
    [InlineData("  \t/deploy staging")]
    [InlineData("```\n/deploy staging\n```")]
    [InlineData("~~~\n/deploy staging\n~~~")]
    [InlineData("`/deploy staging`")]
    [InlineData("- /deploy staging")]
    [InlineData("# /deploy staging")]
    [InlineData("<!-- /deploy staging -->")]
    [InlineData("<b>/deploy staging</b>")]
    [InlineData("\u200B/deploy staging")]
    [InlineData("／deploy staging")]
    [InlineData("/dеploy staging")] // a Cyrillic letter
    public void Anything_else_is_no_command(string? comment) => CommandGrammar.Read(comment).ShouldBeNull();

    [Theory]
    [InlineData("/deploy staging production", "/deploy can't be followed by “production”.", "deploy")]
    [InlineData("/deploy staging to production", "/deploy can't be followed by “to production”.", "deploy")]
    [InlineData("/deploy help me", "/deploy can't be followed by “me”.", "deploy")]
    [InlineData("/deploy staging 1a2b3c", "/deploy can't be followed by “1a2b3c”.", "deploy")]
    [InlineData("/deploy staging,", "/deploy needs the name of a target.", "deploy")]
    [InlineData("/deploy ,staging", "/deploy can't be followed by “,staging”.", "deploy")]
    [InlineData("/deploy force", "It needs the name of a target before force.", "deploy")]
    [InlineData("/deploy \"staging", "/deploy needs the name of a target.", "deploy")]
    [InlineData("/delpoy staging", "There is no /delpoy: did you mean /deploy?", "deploy")]
    [InlineData("/rollbakc production", "There is no /rollbakc: did you mean /rollback?", "rollback")]
    [InlineData("/statsu", "There is no /statsu: did you mean /status?", "status")]
    [InlineData("/promote production", "/promote can't be followed by “production”.", "promote")]
    [InlineData("/status production", "/status can't be followed by “production”.", "status")]
    [InlineData("/lock", "/lock needs the name of an environment.", "lock")]
    [InlineData("/unlock", "/unlock needs the name of an environment.", "unlock")]
    [InlineData("/unlock production now", "/unlock can't be followed by “now”.", "unlock")]
    [InlineData("/rollback", "/rollback needs the name of a target.", "rollback")]
    [InlineData("/cancel", "/cancel needs the name of a target.", "cancel")]
    [InlineData("/cancel staging production", "/cancel can't be followed by “production”.", "cancel")]
    [InlineData("/lock production for 721h", "A lock lasts 720 hours (30 days) at most. Leave the time out for one that lasts until somebody unlocks it.", "lock")]
    [InlineData("/lock production for 31d", "A lock lasts 720 hours (30 days) at most. Leave the time out for one that lasts until somebody unlocks it.", "lock")]
    [InlineData("/lock production for 99999999999999999999h", "A lock lasts 720 hours (30 days) at most. Leave the time out for one that lasts until somebody unlocks it.", "lock")]
    [InlineData("/lock production for 0h", "A lock lasts a minute at least.", "lock")]
    [InlineData("/lock production for 2", "The time can't be read: write 30m, 2h or 3d.", "lock")]
    [InlineData("/lock production for 2x", "The time can't be read: write 30m, 2h or 3d.", "lock")]
    [InlineData("/lock production for 1.5h", "The time can't be read: write 30m, 2h or 3d.", "lock")]
    [InlineData("/lock production for 2 weeks", "The time can't be read: write 30m, 2h or 3d.", "lock")]
    public void What_is_clearly_meant_for_us_and_wrong_is_answered(string comment, string fault, string usage)
    {
        var mistyped = CommandGrammar.Read(comment).ShouldBeOfType<CommandReading.Mistyped>();

        mistyped.Fault.ShouldBe(fault);
        mistyped.Usage.Word.ShouldBe(usage);
    }

    private static string Shown(string comment) => CommandGrammar.Read(comment) switch
    {
        CommandReading.Whole { Command: var command } => command switch
        {
            DeployCommand deploy => $"deploy {string.Join(' ', deploy.Targets.Select(target => $"[{target}]"))}"
                + (deploy.At is { } sha ? $" at {sha}" : "") + (deploy.IsForced ? " force" : ""),
            HelpCommand => "help",
            PromoteCommand => "promote",
            StatusCommand => "status",
            LockCommand held => $"lock [{held.Environment}] for {held.Terms.For?.ToString() ?? "-"} because [{held.Terms.Reason}]",
            UnlockCommand unlock => $"unlock [{unlock.Environment}]",
            RollbackCommand rollback => $"rollback [{rollback.Where}]",
            CancelCommand cancel => $"cancel [{cancel.Target}]",
            var other => throw new InvalidOperationException($"{other}"),
        },
        var other => $"{other}",
    };
}
