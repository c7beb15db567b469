using Deliverybot.Site;
using Deliverybot.Site.Settings;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class SettingsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Settings_without_fault_make_a_site()
    {
        await using var site = SiteApplication.Build(SiteArguments.With($"--ConnectionStrings:Deliverybot={database.ConnectionString}"));

        site.ShouldNotBeNull();
    }

    [Fact]
    public void One_message_names_every_fault()
    {
        var fault = Should.Throw<SettingsException>(() => SiteApplication.Build(
            ["--environment=Production", "--GitHub:AppId=none", "--Deliverybot:PublicUrl=http://deliverybot.example.com", "--Deliverybot:Roles=chef", "--Deliverybot:Operators=a/b/c"]));

        fault.Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain("ConnectionStrings:Deliverybot is missing"),
            message => message.ShouldContain("GitHub:AppId is 'none'"),
            message => message.ShouldContain("GitHub:ClientSecret is missing"),
            message => message.ShouldContain("https"),
            message => message.ShouldContain("'chef'"),
            message => message.ShouldContain("'a/b/c'"),
            message => message.ShouldContain("Deliverybot:KeyCertificatePath is missing"));
    }

    [Theory]
    [InlineData("--Deliverybot:PublicUrl=http://deliverybot.example.com")]
    [InlineData("--Deliverybot:PublicUrl=https://deliverybot.example.com/somewhere")]
    [InlineData("--Deliverybot:PublicUrl=deliverybot")]
    [InlineData("--Deliverybot:Roles=web,cook")]
    [InlineData("--Deliverybot:Roles=1")]
    [InlineData("--Deliverybot:Operators=id:ada")]
    [InlineData("--environment=Staging")]
    [InlineData("--environment=Prod")]
    [InlineData("--Deliverybot:MigrateOnStart=maybe")]
    [InlineData("--Deliverybot:KeyCertificatePath=/nowhere.pfx")]
    [InlineData("--ConnectionStrings:Deliverybot=Hots=localhost")]
    [InlineData("--ConnectionStrings:Deliverybot=Host=localhost;Maximum Pool Size=14")]
    [InlineData("--Slack:Url=http://slack.example.com")]
    [InlineData("--Slack:Url=slack")]
    [InlineData("--Metrics:Port=nine")]
    [InlineData("--Metrics:Port=65536")]
    [InlineData("--Metrics:Token=short")]
    [InlineData("--Metrics:Token=long enough but with blanks")]
    [InlineData("--Slack:ClientId=1", "--Slack:ClientSecret=s")]
    public void A_malformed_setting_stops_the_start(params string[] settings) =>
        Should.Throw<SettingsException>(() => SiteApplication.Build(SiteArguments.With(settings))).Faults.Count.ShouldBe(1);

    [Fact]
    public void A_fault_of_the_metrics_token_never_repeats_it() =>
        Should.Throw<SettingsException>(() => SiteApplication.Build(SiteArguments.With("--Metrics:Token=hunter2"))).Message.ShouldNotContain("hunter2");

    [Fact]
    public void A_fault_of_the_connection_string_never_repeats_it() =>
        Should.Throw<SettingsException>(() => SiteApplication.Build(SiteArguments.With("--ConnectionStrings:Deliverybot=Hots=x;Password=hunter2")))
            .Message.ShouldNotContain("hunter2");
}
