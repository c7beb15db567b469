using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deliverybot.Site;
using Deliverybot.Tests.Harness;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class KeysTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task In_production_the_keys_of_the_cookies_are_in_the_database_wrapped_by_the_certificate()
    {
        using var key = RSA.Create(2048);
        var certificate = Path.Combine(Path.GetTempPath(), $"deliverybot-{Guid.NewGuid():N}.pfx");
        await File.WriteAllBytesAsync(certificate, PfxOf(key, "secret"), TestContext.Current.CancellationToken);
        try
        {
            await using var site = SiteApplication.Build(SiteArguments.With(
                "--environment=Production", $"--ConnectionStrings:Deliverybot={database.ConnectionString}", "--Deliverybot:Roles=web",
                $"--Deliverybot:KeyCertificatePath={certificate}", "--Deliverybot:KeyCertificatePassword=secret"));
            await site.StartAsync(TestContext.Current.CancellationToken);
            await site.StopAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(certificate);
        }

        await using var command = database.Source.CreateCommand("select string_agg(xml, '') from data_protection_keys");
        var xml = (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBeOfType<string>();
        xml.ShouldContain("EncryptedData");
        xml.ShouldNotContain("masterKey");
    }

    private static byte[] PfxOf(RSA key, string password)
    {
        var request = new CertificateRequest("CN=deliverybot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return certificate.Export(X509ContentType.Pfx, password);
    }
}
