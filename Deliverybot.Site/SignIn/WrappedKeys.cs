using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Deliverybot.Site.SignIn;

/// <summary>
/// The data-protection keys as they lie in the database, each wrapped with a certificate
/// (<see href="https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/key-encryption-at-rest#x509-certificate"/>).
/// ASP.NET Core wraps a key once, when it makes it. So that a former certificate can go, they are wrapped anew with the first one.
/// </summary>
internal sealed partial class WrappedKeys(
    X509Certificate2 certificate, KeyContext db, IServiceProvider services, ILoggerFactory loggers, ILogger<WrappedKeys> logger)
{
    private static readonly XName Secret = XName.Get("encryptedSecret", "http://schemas.asp.net/2015/03/dataProtection");
    private static readonly XName Wrapper = XName.Get("X509Certificate", "http://www.w3.org/2000/09/xmldsig#");
    private const string Decryptor = "decryptorType";

    /// <returns>How many keys are wrapped with another certificate.</returns>
    public async Task<int> CountOthersAsync(CancellationToken cancellationToken)
    {
        var keys = await db.DataProtectionKeys.AsNoTracking().Select(key => key.Xml!).ToListAsync(cancellationToken);
        return keys.Count(xml => Others(XElement.Parse(xml)).Any());
    }

    /// <summary>What was encrypted with the keys isn't touched: they stay the same. What can't be opened here stays as it is, with a line in the log.</summary>
    /// <returns>How many were wrapped anew.</returns>
    public async Task<int> WrapAnewAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var row in await db.DataProtectionKeys.AsNoTracking().ToListAsync(cancellationToken))
        {
            var (before, key) = (row.Xml!, XElement.Parse(row.Xml!));
            var secrets = Others(key).ToList();
            if (secrets.Count == 0 || !TryWrap(row.FriendlyName, secrets))
            {
                continue;
            }

            var after = key.ToString(SaveOptions.DisableFormatting);
            // Of several processes that start at once, one does it.
            done += await db.DataProtectionKeys.Where(each => each.Id == row.Id && each.Xml == before)
                .ExecuteUpdateAsync(each => each.SetProperty(known => known.Xml, after), cancellationToken);
        }

        return done;
    }

    private bool TryWrap(string? name, List<XElement> secrets)
    {
        var (decryptor, encryptor) = (new EncryptedXmlDecryptor(services), new CertificateXmlEncryptor(certificate, loggers));
        try
        {
            foreach (var secret in secrets)
            {
                var wrapped = encryptor.Encrypt(decryptor.Decrypt(secret.Elements().Single()));
                secret.ReplaceAll(new XAttribute(Decryptor, wrapped.DecryptorType.AssemblyQualifiedName!), wrapped.EncryptedElement);
            }

            return true;
        }
        catch (CryptographicException exception)
        {
            Log.Closed(logger, exception, name);
            return false;
        }
    }

    /// <summary>What another certificate has wrapped.</summary>
    private IEnumerable<XElement> Others(XElement key) => key.Descendants(Secret).Where(secret =>
        secret.Attribute(Decryptor)?.Value.StartsWith(typeof(EncryptedXmlDecryptor).FullName!, StringComparison.Ordinal) == true
        && !secret.Descendants(Wrapper).Any(wrapper => Convert.FromBase64String(wrapper.Value).AsSpan().SequenceEqual(certificate.RawData)));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The data-protection key {Name} is wrapped with a certificate that isn't set: it stays as it is.")]
        public static partial void Closed(ILogger logger, Exception exception, string? name);
    }
}

internal sealed partial class RewrappingOnStart(IServiceScopeFactory scopes, ILogger<RewrappingOnStart> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            if (await scope.ServiceProvider.GetRequiredService<WrappedKeys>().WrapAnewAsync(cancellationToken) is > 0 and var count)
            {
                Log.Wrapped(logger, count);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Somebody else brings the database up to date: there are no keys yet.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Count} data-protection keys are wrapped with the first certificate now.")]
        public static partial void Wrapped(ILogger logger, int count);
    }
}
