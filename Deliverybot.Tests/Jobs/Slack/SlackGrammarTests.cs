using Deliverybot.Data.Names;
using Deliverybot.Jobs.Commands;
using Deliverybot.Jobs.Slack.Grammar;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Slack;

public sealed class SlackGrammarTests
{
    private static readonly RepositoryName Shop = new("acme", "shop");

    public static TheoryData<string, object> Commands => new()
    {
        { "deploy production", new SlackCommand.Deploy(null, null, new TargetName("production"), false) },
        { "deploy acme/shop production", new SlackCommand.Deploy(Shop, null, new TargetName("production"), false) },
        { "deploy acme/shop@main production force", new SlackCommand.Deploy(Shop, "main", new TargetName("production"), true) },
        { "deploy acme/shop@refs/heads/feature/x production", new SlackCommand.Deploy(Shop, "refs/heads/feature/x", new TargetName("production"), false) },
        { "deploy @heads/main production", new SlackCommand.Deploy(null, "heads/main", new TargetName("production"), false) },
        { "  DEPLOY   production \t force ", new SlackCommand.Deploy(null, null, new TargetName("production"), true) },
        { "deploy \u201Cmy target\u201D", new SlackCommand.Deploy(null, null, new TargetName("my target"), false) },
        { "deploy acme/shop@a&amp;b production", new SlackCommand.Deploy(Shop, "a&b", new TargetName("production"), false) },
        { "status", new SlackCommand.Status(null, null) },
        { "status acme/shop", new SlackCommand.Status(Shop, null) },
        { "status production", new SlackCommand.Status(null, new EnvironmentName("production")) },
        { "status acme/shop production", new SlackCommand.Status(Shop, new EnvironmentName("production")) },
        { "status \"review/pr-1\"", new SlackCommand.Status(null, new EnvironmentName("review/pr-1")) },
        { "promote @1a2b3c4", new SlackCommand.Promote(null, "1a2b3c4") },
        { "promote acme/shop@1a2b3c4", new SlackCommand.Promote(Shop, "1a2b3c4") },
        { "lock production", new SlackCommand.Lock(null, new EnvironmentName("production"), new LockTerms(null, "")) },
        { "lock acme/shop production for 2h Christmas sale", new SlackCommand.Lock(Shop, new EnvironmentName("production"), new LockTerms(TimeSpan.FromHours(2), "Christmas sale")) },
        { "lock production for the release", new SlackCommand.Lock(null, new EnvironmentName("production"), new LockTerms(null, "for the release")) },
        { "unlock acme/shop \"review/pr-1\"", new SlackCommand.Unlock(Shop, new EnvironmentName("review/pr-1")) },
        { "rollback production", new SlackCommand.Rollback(null, "production") },
        { "rollback acme/shop production", new SlackCommand.Rollback(Shop, "production") },
        { "default acme/shop", new SlackCommand.Default(Shop) },
        { "login", new SlackCommand.Login() },
        { "logout", new SlackCommand.Logout() },
        { "help", new SlackCommand.Help() },
        { "", new SlackCommand.Help() },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_read(string text, object command) =>
        SlackGrammar.Read(text).ShouldBeOfType<SlackReading.Whole>().Command.ShouldBe(command);

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
    public void A_mistyped_one_gets_the_usage_of_the_nearest(string text, string word)
    {
        var mistyped = SlackGrammar.Read(text).ShouldBeOfType<SlackReading.Mistyped>();

        mistyped.Usage.Word.ShouldBe(word);
        mistyped.Fault.ShouldNotBeEmpty();
    }
}
