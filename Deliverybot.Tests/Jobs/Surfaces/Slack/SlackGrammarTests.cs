using Deliverybot.Jobs.Surfaces.Slack.Commands;
using Deliverybot.Jobs.Surfaces.Slack.Grammar;
using Deliverybot.Jobs.Surfaces.Words;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Slack;

public sealed class SlackGrammarTests
{
    [Theory]
    [InlineData("deploy production", "deploy [production]")]
    [InlineData("deploy acme/shop production", "acme/shop: deploy [production]")]
    [InlineData("deploy acme/shop@main production force", "acme/shop: deploy [production] at main force")]
    [InlineData("deploy acme/shop@refs/heads/feature/x production", "acme/shop: deploy [production] at refs/heads/feature/x")]
    [InlineData("deploy @heads/main production", "deploy [production] at heads/main")]
    [InlineData("  DEPLOY   production \t force ", "deploy [production] force")]
    [InlineData("deploy \u201Cmy target\u201D", "deploy [my target]")]
    [InlineData("deploy acme/shop@a&amp;b production", "acme/shop: deploy [production] at a&b")]
    [InlineData("status", "status []")]
    [InlineData("status acme/shop", "acme/shop: status []")]
    [InlineData("status production", "status [production]")]
    [InlineData("status acme/shop production", "acme/shop: status [production]")]
    [InlineData("status \"review/pr-1\"", "status [review/pr-1]")]
    [InlineData("promote @1a2b3c4", "promote 1a2b3c4")]
    [InlineData("promote acme/shop@1a2b3c4", "acme/shop: promote 1a2b3c4")]
    [InlineData("lock production", "lock [production] for - because []")]
    [InlineData("lock acme/shop production for 2h Christmas sale", "acme/shop: lock [production] for 02:00:00 because [Christmas sale]")]
    [InlineData("lock production for the release", "lock [production] for - because [for the release]")]
    [InlineData("unlock acme/shop \"review/pr-1\"", "acme/shop: unlock [review/pr-1]")]
    [InlineData("rollback production", "rollback [production]")]
    [InlineData("rollback acme/shop production", "acme/shop: rollback [production]")]
    [InlineData("cancel acme/shop production", "acme/shop: cancel [production]")]
    [InlineData("default acme/shop", "acme/shop: default")]
    [InlineData("login", "login")]
    [InlineData("logout", "logout")]
    [InlineData("help", "help")]
    [InlineData("", "help")]
    public void A_command_is_read(string text, string meaning)
    {
        var command = SlackGrammar.Read(text).ShouldBeOfType<CommandReading.Whole>().Command;

        $"{(command.Repository is { } repository ? $"{repository}: " : "")}{Shown(command)}".ShouldBe(meaning);
    }

    [Theory]
    [InlineData("deplyo production", "deploy")]
    [InlineData("stat", "status")]
    [InlineData("rolback production", "rollback")]
    [InlineData("unlok production", "unlock")]
    [InlineData("deploy", "deploy")]
    [InlineData("deploy acme/shop", "deploy")]
    [InlineData("deploy production forse", "deploy")]
    [InlineData("deploy shop production", "deploy")]
    [InlineData("promote", "promote")]
    [InlineData("promote acme/shop", "promote")]
    [InlineData("lock", "lock")]
    [InlineData("lock production for 2 fortnights", "lock")]
    [InlineData("unlock production now", "unlock")]
    [InlineData("rollback", "rollback")]
    [InlineData("default shop", "default")]
    [InlineData("login please", "login")]
    [InlineData("cancel", "cancel")]
    [InlineData("rollout production", "help")]
    [InlineData("approve production", "help")]
    [InlineData("x", "help")]
    public void A_mistyped_one_gets_the_usage_of_the_nearest(string text, string word)
    {
        var mistyped = SlackGrammar.Read(text).ShouldBeOfType<CommandReading.Mistyped>();

        mistyped.Usage.Word.ShouldBe(word);
        mistyped.Fault.ShouldNotBeEmpty();
    }

    [Fact]
    public void Where_no_command_is_near_all_of_them_are_told()
    {
        var mistyped = SlackGrammar.Read("rollout production").ShouldBeOfType<CommandReading.Mistyped>();

        var answer = SlackAnswers.Mistyped(mistyped, "/deliverybot");

        answer.Headline.Markup.ShouldBe(":grey_question: There is no command rollout.");
        answer.Lines.Count.ShouldBe(CommandTable.InSlack.Count);
    }

    private static string Shown(Command command) => command switch
    {
        DeployCommand deploy => $"deploy {string.Join(' ', deploy.Targets.Select(target => $"[{target}]"))}"
            + (deploy.At is { } at ? $" at {at}" : "") + (deploy.IsForced ? " force" : ""),
        StatusCommand status => $"status [{status.Environment}]",
        PromoteCommand promote => $"promote {promote.At}",
        LockCommand held => $"lock [{held.Environment}] for {held.Terms.For?.ToString() ?? "-"} because [{held.Terms.Reason}]",
        UnlockCommand unlock => $"unlock [{unlock.Environment}]",
        RollbackCommand rollback => $"rollback [{rollback.Where}]",
        CancelCommand cancel => $"cancel [{cancel.Target}]",
        DefaultCommand => "default",
        LoginCommand => "login",
        LogoutCommand => "logout",
        HelpCommand => "help",
        var other => throw new InvalidOperationException($"{other}"),
    };
}
