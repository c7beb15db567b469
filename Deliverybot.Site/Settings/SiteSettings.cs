using System.Security.Cryptography.X509Certificates;

namespace Deliverybot.Site.Settings;

/// <summary>The <c>Deliverybot:…</c> settings, checked.</summary>
/// <param name="PublicUrl">The root of every link to this site, without a path.</param>
/// <param name="Roles">What this process does.</param>
/// <param name="Operators">Who may open the job dashboard.</param>
/// <param name="KeyCertificate">Wraps the data-protection keys in the database.</param>
/// <param name="MigrateOnStart">Whether the start brings the database up to date.</param>
internal sealed record SiteSettings(
    Uri PublicUrl,
    ProcessRoles Roles,
    IReadOnlyList<Operator> Operators,
    X509Certificate2? KeyCertificate,
    bool MigrateOnStart)
{
    /// <summary>Opens keys that are wrapped with it, while the certificate is changed: <c>Deliverybot:KeyCertificatePath:1</c>.</summary>
    public X509Certificate2? OtherCertificate { get; init; }

    /// <summary>Whether browsers reach the site over TLS, so that cookies can insist on it.</summary>
    public bool IsHttps => PublicUrl.Scheme == Uri.UriSchemeHttps;

    public bool IsWeb => Roles.HasFlag(ProcessRoles.Web);

    public bool IsWorker => Roles.HasFlag(ProcessRoles.Worker);
}
