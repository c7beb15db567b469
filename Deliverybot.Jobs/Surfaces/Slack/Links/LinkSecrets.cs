using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Deliverybot.Jobs.Surfaces.Slack.Links;

/// <summary>Encrypts what must not be read from the database: tokens, and the addresses that answers go to.</summary>
internal sealed class LinkSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _tokens = protection.CreateProtector("Deliverybot.Slack.Tokens");
    private readonly IDataProtector _addresses = protection.CreateProtector("Deliverybot.Slack.ResponseUrls");

    public byte[] ProtectToken(string token) => _tokens.Protect(Encoding.UTF8.GetBytes(token));

    public string OpenToken(byte[] hidden) => Encoding.UTF8.GetString(_tokens.Unprotect(hidden));

    public byte[] ProtectAddress(Uri address) => _addresses.Protect(Encoding.UTF8.GetBytes(address.AbsoluteUri));

    public Uri OpenAddress(byte[] hidden) => new(Encoding.UTF8.GetString(_addresses.Unprotect(hidden)));
}
