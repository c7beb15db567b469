using System.Security.Cryptography;
using System.Text;
using Deliverybot.Data;
using Deliverybot.Data.SetUp;
using Microsoft.EntityFrameworkCore;

namespace Deliverybot.Site.SetUp;

/// <summary>
/// The one-time code that unlocks the set-up: whoever reads the log may. It is good for 15 minutes and five tries, whichever process is
/// asked; then another one is made.
/// </summary>
internal sealed class SetUpCodes(DeliverybotContext db, TimeProvider time)
{
    public const int Tries = 5;

    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    // Without those that are mistaken for each other; 12 of 31 are more than 10^17.
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int Length = 12;
    private const int Group = 4;

    /// <returns>The code to print, if none was good any more and this process has made the next; null if one is.</returns>
    public async Task<string?> RenewAsync(CancellationToken cancellationToken)
    {
        var code = RandomNumberGenerator.GetString(Letters, Length);
        var (hash, now) = (Hash(code), time.GetUtcNow());
        var end = now + Lasts;
        var isMade = await db.Database.ExecuteSqlAsync(
            $"""
             insert into set_up_code as code (id, hash, ends_at, tries_left) values ({SetUpCode.Only}, {hash}, {end}, {Tries})
             on conflict (id) do update set hash = excluded.hash, ends_at = excluded.ends_at, tries_left = excluded.tries_left
             where code.ends_at <= {now} or code.tries_left = 0
             """,
            cancellationToken);
        return isMade == 1 ? string.Join('-', code.Chunk(Group).Select(letters => new string(letters))) : null;
    }

    /// <summary>Tries a code, as a person has typed it. The right one is used up by it, until its time is over.</summary>
    public async Task<bool> TryAsync(string typed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (hash, used) = (Hash(string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()), Hash(RandomNumberGenerator.GetHexString(Length)));
        var good = db.SetUpCodes.Where(code => code.EndsAt > now && code.TriesLeft > 0);
        if (await good.Where(code => code.Hash == hash).ExecuteUpdateAsync(code => code.SetProperty(each => each.Hash, used), cancellationToken) == 1)
        {
            return true;
        }

        await good.ExecuteUpdateAsync(code => code.SetProperty(each => each.TriesLeft, each => each.TriesLeft - 1), cancellationToken);
        return false;
    }

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(code)));
}
