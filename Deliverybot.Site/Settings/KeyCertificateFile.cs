using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Site.Settings;

/// <summary>Makes the certificate that <c>Deliverybot:KeyCertificatePath</c> names. It is shown to nobody, so it signs itself.</summary>
internal static class KeyCertificateFile
{
    private const int Bits = 3072;
    private const int Years = 10;

    /// <returns>Whether it was made: one that is there stays, for the keys in the database are wrapped with it.</returns>
    /// <exception cref="SettingsException">No path is set, or nothing can be written there.</exception>
    public static bool Make(IConfiguration configuration, DateTimeOffset now)
    {
        var path = TwoAtATime.At(configuration, SiteSettingsReader.CertificatePathKey, 0);
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new SettingsException([$"{SiteSettingsReader.CertificatePathKey} is missing: set it to where the certificate is to be."]);
        }

        try
        {
            return !File.Exists(path) && Write(path, PfxOf(TwoAtATime.At(configuration, SiteSettingsReader.CertificatePasswordKey, 0), now));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{SiteSettingsReader.CertificatePathKey}: '{path}' can't be written ({exception.Message}): check the path, and who may write there."]);
        }
    }

    private static byte[] PfxOf(string? password, DateTimeOffset now)
    {
        using var key = RSA.Create(Bits);
        var request = new CertificateRequest("CN=deliverybot-keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        return certificate.Export(X509ContentType.Pfx, password);
    }

    /// <summary>Whole or not at all, for its owner alone. Of two processes at once the first wins.</summary>
    private static bool Write(string path, byte[] pfx)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var file = new FileStream(unfinished, options))
            {
                file.Write(pfx);
            }

            File.Move(unfinished, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
