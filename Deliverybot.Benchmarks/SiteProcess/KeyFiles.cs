using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Deliverybot.Benchmarks.SiteProcess;

/// <summary>The App's private key and the certificate for the Site's data protection, made for one run.</summary>
internal sealed class KeyFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deliverybot-benchmarks-");

    public KeyFiles(TimeProvider clock)
    {
        PrivateKeyPath = Path.Combine(folder.FullName, "app.pem");
        CertificatePath = Path.Combine(folder.FullName, "keys.pfx");
        using var key = RSA.Create(2048);
        File.WriteAllText(PrivateKeyPath, key.ExportRSAPrivateKeyPem());
        var request = new CertificateRequest("CN=Deliverybot benchmarks", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(clock.GetUtcNow().AddDays(-1), clock.GetUtcNow().AddDays(1));
        File.WriteAllBytes(CertificatePath, certificate.Export(X509ContentType.Pfx, CertificatePassword));
    }

    public string PrivateKeyPath { get; }

    public string CertificatePath { get; }

    public string CertificatePassword { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public void Dispose() => folder.Delete(recursive: true);
}
