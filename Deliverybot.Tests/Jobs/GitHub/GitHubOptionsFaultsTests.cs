using System.Security.Cryptography;
using Deliverybot.Jobs.GitHub.Transport;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class GitHubOptionsFaultsTests
{
    private static readonly RSA Key = RSA.Create(2048);

    [Fact]
    public void Nothing_configured_is_no_fault()
    {
        var configuration = Settings();

        GitHubOptionsFaults.IsAnythingSet(configuration).ShouldBeFalse();
        GitHubOptionsFaults.In(configuration).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PKCS#1")]
    [InlineData("PKCS#8")]
    [InlineData("PKCS#1 in one line")]
    public void A_whole_App_has_no_faults_in_whatever_form_the_key_is(string form)
    {
        var pem = form switch
        {
            "PKCS#8" => Key.ExportPkcs8PrivateKeyPem(),
            "PKCS#1" => Key.ExportRSAPrivateKeyPem(),
            _ => Key.ExportRSAPrivateKeyPem().ReplaceLineEndings("\\n"),
        };

        GitHubOptionsFaults.In(Settings(Whole(("PrivateKey", pem)))).ShouldBeEmpty();
    }

    [Fact]
    public void A_key_may_be_in_a_file()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, Key.ExportRSAPrivateKeyPem());
        try
        {
            GitHubOptionsFaults.In(Settings(Whole(("PrivateKeyPath", path)))).ShouldBeEmpty();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void All_that_is_missing_is_named_at_once()
    {
        var faults = GitHubOptionsFaults.In(Settings(("AppId", "7")));

        faults.Select(fault => fault.Split(' ')[0]).ShouldBe(
            ["GitHub:AppSlug", "GitHub:WebhookSecret", "GitHub:ClientId", "GitHub:ClientSecret", "GitHub:PrivateKey"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Url", "github.com", "GitHub:Url is 'github.com'")]
    [InlineData("Url", "ftp://github.com", "GitHub:Url is 'ftp://github.com'")]
    [InlineData("Url", "http://git.example.org", "write https")]
    [InlineData("AppId", "seven", "digits only")]
    [InlineData("AppId", "-7", "digits only")]
    [InlineData("PrivateKey", "no key", "no RSA private key in PEM form")]
    [InlineData("PrivateKey", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", "no RSA private key in PEM form")]
    public void A_malformed_setting_is_told_how_to_mend(string name, string value, string words) =>
        GitHubOptionsFaults.In(Settings(Whole(("PrivateKey", Key.ExportRSAPrivateKeyPem()), (name, value))))
            .ShouldHaveSingleItem().ShouldContain(words);

    [Fact]
    public void A_key_file_that_is_not_there_is_named() =>
        GitHubOptionsFaults.In(Settings(Whole(("PrivateKeyPath", "/nowhere/key.pem"))))
            .ShouldHaveSingleItem().ShouldContain("/nowhere/key.pem");

    [Fact]
    public void Two_keys_are_one_too_many() =>
        GitHubOptionsFaults.In(Settings(Whole(("PrivateKey", "x"), ("PrivateKeyPath", "y"))))
            .ShouldHaveSingleItem().ShouldContain("keep one");

    [Fact]
    public void No_fault_quotes_a_secret()
    {
        var faults = GitHubOptionsFaults.In(Settings(("PrivateKey", "hunter2"), ("WebhookSecret", "hunter2"), ("Url", "https://x:hunter2@github.com")));

        faults.ShouldNotBeEmpty();
        string.Concat(faults).ShouldNotContain("hunter2");
    }

    private static (string, string)[] Whole(params (string Name, string Value)[] others) =>
        [("AppId", "7"), ("AppSlug", "deliverybot"), ("WebhookSecret", "s"), ("ClientId", "c"), ("ClientSecret", "s"), .. others];

    private static IConfiguration Settings(params (string Name, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (name, value) in settings)
        {
            values["GitHub:" + name] = value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }
}
