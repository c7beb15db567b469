using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deliverybot.Site;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class KeyStorageTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Password = "wrapped";

    [Fact]
    public async Task The_keys_of_the_cookies_are_stored_encrypted_by_the_certificate()
    {
        var path = Path.Combine(Path.GetTempPath(), $"deliverybot-{Guid.NewGuid():N}.pfx");
        await File.WriteAllBytesAsync(path, Certificate(), TestContext.Current.CancellationToken);
        try
        {
            await using var site = SiteApplication.Build(Arguments(path));
            site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("any").Protect("thing");
        }
        finally
        {
            File.Delete(path);
        }

        await using var command = database.Source.CreateCommand("select xml from data_protection_keys");
        var key = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        key.ShouldContain("EncryptedXmlDecryptor");
        key.ShouldNotContain("<value>");
    }

    private static byte[] Certificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=deliverybot", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.Export(X509ContentType.Pfx, Password);
    }

    private string[] Arguments(string certificate)
    {
        using var key = RSA.Create(2048);
        return
        [
            "--environment=Production", $"--ConnectionStrings:Deliverybot={database.ConnectionString}", "--Deliverybot:PublicUrl=https://deliverybot.example.com",
            $"--Deliverybot:KeyCertificatePath={certificate}", $"--Deliverybot:KeyCertificatePassword={Password}",
            "--GitHub:AppId=1", "--GitHub:AppSlug=deliverybot", "--GitHub:WebhookSecret=s", "--GitHub:ClientId=id", "--GitHub:ClientSecret=s",
            $"--GitHub:PrivateKey={key.ExportRSAPrivateKeyPem()}",
        ];
    }
}
