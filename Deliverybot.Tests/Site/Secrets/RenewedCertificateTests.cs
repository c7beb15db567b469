using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deliverybot.Jobs.GitHub.Access;
using Deliverybot.Site;
using Deliverybot.Site.SetUp;
using Deliverybot.Site.SignIn;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site.Secrets;

/// <summary>The certificate that wraps the data-protection keys is changed: docs/operating.md, Changing secrets.</summary>
public sealed class RenewedCertificateTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deliverybot-certificates-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Sessions_and_the_stored_App_outlast_the_certificate_that_wrapped_their_keys()
    {
        var (old, renewed) = (Certificate("old", "of the old"), Certificate("renewed", "of the new"));
        string cookie;
        await using (var before = Build(old))
        {
            cookie = Seal(before);
            await using var scope = before.Services.CreateAsyncScope();
            var keys = new AppKeys(7, "deliverybot", "client", new AppSecrets("client secret", "webhook secret", "key", "next secret"));
            (await scope.ServiceProvider.GetRequiredService<StoredApps>().TryAddAsync(keys, new Uri("https://github.com"), Stop)).ShouldBeTrue();
        }

        // Every process learns the new one, and goes on wrapping with the old one; which others still need.
        await using (var first = Build(old, renewed))
        {
            (await WrapAnewAsync(first)).ShouldBe(0);
            Open(first, cookie);
        }

        // Then the new one wraps: what the old one has wrapped is wrapped anew, and processes that began with both go on.
        await using var beside = Build(old, renewed);
        await using (var second = Build(renewed, old))
        {
            (await OthersAsync(second)).ShouldBe(1);
            (await WrapAnewAsync(second)).ShouldBe(1);
            (await WrapAnewAsync(second)).ShouldBe(0);
            (await OthersAsync(second)).ShouldBe(0);
            Open(second, cookie);
        }

        Open(beside, cookie);

        // And the old one isn't needed any more.
        await using var after = Build(renewed);
        Open(after, cookie);
        await using (var scope = after.Services.CreateAsyncScope())
        {
            var (keys, _) = (await scope.ServiceProvider.GetRequiredService<StoredApps>().FindAsync(Stop)).ShouldNotBeNull();
            keys.Secrets.Now().WebhookSecrets.ShouldBe(["webhook secret", "next secret"]);
        }

        await using var late = Build(old);
        Should.Throw<CryptographicException>(() => Open(late, cookie));
    }

    [Fact]
    public void A_second_certificate_that_cannot_be_opened_stops_the_start()
    {
        var old = Certificate("old", "of the old");

        Should.Throw<Deliverybot.Site.Settings.SettingsException>(() => Build(old, (Path.Combine(folder.FullName, "none.pfx"), ""))).Message
            .ShouldContain("Deliverybot:KeyCertificatePath:1: '");
    }

    private static async Task<int> WrapAnewAsync(WebApplication site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WrappedKeys>().WrapAnewAsync(Stop);
    }

    private static async Task<int> OthersAsync(WebApplication site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WrappedKeys>().CountOthersAsync(Stop);
    }

    private static IDataProtector Protector(WebApplication site) => site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("a session");

    private static string Seal(WebApplication site) => Protector(site).Protect("ada");

    private static void Open(WebApplication site, string cookie) => Protector(site).Unprotect(cookie).ShouldBe("ada");

    private (string Path, string Password) Certificate(string name, string password)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        // Both are called the same, as those of `certificate` are.
        using var certificate = new CertificateRequest("CN=deliverybot-keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = Path.Combine(folder.FullName, $"{name}.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, password));
        return (path, password);
    }

    private WebApplication Build((string Path, string Password) first, (string Path, string Password)? second = null) => SiteApplication.Build(SiteArguments.With(
    [
        "--environment=Production", $"--ConnectionStrings:Deliverybot={database.ConnectionString}", "--Deliverybot:Roles=web",
        $"--Deliverybot:KeyCertificatePath={first.Path}", $"--Deliverybot:KeyCertificatePassword={first.Password}",
        .. second is var (path, password) ? [$"--Deliverybot:KeyCertificatePath:1={path}", $"--Deliverybot:KeyCertificatePassword:1={password}"] : Array.Empty<string>(),
    ]));
}
