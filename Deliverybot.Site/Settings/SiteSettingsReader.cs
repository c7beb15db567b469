using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Site.Settings;

/// <summary>Reads the <c>Deliverybot:…</c> settings and collects what is wrong with them.</summary>
internal sealed class SiteSettingsReader(IConfiguration configuration, IHostEnvironment environment, ICollection<string> faults)
{
    private const string PublicUrlKey = "Deliverybot:PublicUrl";
    private const string RolesKey = "Deliverybot:Roles";
    private const string OperatorsKey = "Deliverybot:Operators";
    public const string CertificatePathKey = "Deliverybot:KeyCertificatePath";
    public const string CertificatePasswordKey = "Deliverybot:KeyCertificatePassword";
    private const string MigrateOnStartKey = "Deliverybot:MigrateOnStart";

    public SiteSettings Read() => new(PublicUrl(), Roles(), Operators(), KeyCertificate(), MigrateOnStart()) { OtherCertificate = OtherCertificate() };

    private Uri PublicUrl()
    {
        var text = configuration[PublicUrlKey];
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add($"{PublicUrlKey} is missing: set it to the address at which people open this site, for example https://deliverybot.example.com.");
        }
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            faults.Add($"{PublicUrlKey} is '{text}', which is no web address: write it like https://deliverybot.example.com.");
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
        {
            faults.Add($"{PublicUrlKey} is '{text}', but sessions are safe over https only: use an https address (http is for localhost alone).");
        }
        else if (url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            faults.Add($"{PublicUrlKey} is '{text}': give scheme, host and port only, without a path.");
        }
        else
        {
            return url;
        }

        return new Uri("http://localhost");
    }

    private ProcessRoles Roles()
    {
        var roles = ProcessRoles.None;
        foreach (var name in Words(RolesKey))
        {
            if (EnumWords.TryRead<ProcessRoles>(name, out var role) && role is ProcessRoles.Web or ProcessRoles.Worker)
            {
                roles |= role;
            }
            else
            {
                faults.Add($"{RolesKey} names '{name}': it can hold web, worker, or web,worker (which is the default).");
            }
        }

        return roles == ProcessRoles.None ? ProcessRoles.Web | ProcessRoles.Worker : roles;
    }

    private List<Operator> Operators()
    {
        List<Operator> operators = [];
        foreach (var word in Words(OperatorsKey))
        {
            if (Operator.TryParse(word, out var entry))
            {
                operators.Add(entry!);
            }
            else
            {
                faults.Add($"{OperatorsKey} names '{word}': give GitHub logins, id:NUMBER for the account with that number, or owner/repo for the admins of that repository, separated by commas.");
            }
        }

        return operators;
    }

    private X509Certificate2? KeyCertificate()
    {
        if (TwoAtATime.Fault(configuration, CertificatePathKey) is { } many)
        {
            faults.Add(many);
        }

        if (TwoAtATime.At(configuration, CertificatePathKey, 0) is not { } path)
        {
            if (!environment.IsDevelopment())
            {
                faults.Add($"{CertificatePathKey} is missing: everywhere but in Development (this is {environment.EnvironmentName}) the keys of the session cookies are wrapped by a certificate. Set it to the path of a PFX file with its private key, and {CertificatePasswordKey} to its password.");
            }

            return null;
        }

        return Certificate(CertificatePathKey, path, CertificatePasswordKey, TwoAtATime.At(configuration, CertificatePasswordKey, 0));
    }

    /// <summary>With a password of its own, or the first one's.</summary>
    private X509Certificate2? OtherCertificate() => TwoAtATime.At(configuration, CertificatePathKey, 1) is { } path
        ? Certificate(
            $"{CertificatePathKey}:1",
            path,
            $"{CertificatePasswordKey}:1",
            TwoAtATime.At(configuration, CertificatePasswordKey, 1) ?? TwoAtATime.At(configuration, CertificatePasswordKey, 0))
        : null;

    private X509Certificate2? Certificate(string pathKey, string path, string passwordKey, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            if (certificate.HasPrivateKey)
            {
                return certificate;
            }

            faults.Add($"{pathKey}: '{path}' holds no private key: export the certificate together with it.");
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            faults.Add($"{pathKey}: '{path}' can't be opened as a PFX file ({exception.Message}): check the path and {passwordKey}.");
        }

        return null;
    }

    private bool MigrateOnStart()
    {
        var text = configuration[MigrateOnStartKey];
        if (string.IsNullOrWhiteSpace(text) || bool.TryParse(text, out _))
        {
            return text is null || !bool.TryParse(text, out var migrate) || migrate;
        }

        faults.Add($"{MigrateOnStartKey} is '{text}': it can be true or false.");
        return true;
    }

    /// <summary>A list written with commas, or as an array in JSON.</summary>
    private string[] Words(string key)
    {
        var section = configuration.GetSection(key);
        var texts = section.Value is { } text ? [text] : section.GetChildren().Select(child => child.Value ?? string.Empty);
        return [.. texts.SelectMany(entry => entry.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
    }
}
