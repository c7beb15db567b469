using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Deliverybot.Data.Names;

/// <summary>
/// A sentence of ours that is kept, and the people in it. It is written as an interpolated text, and a <see cref="GitHubUser"/> in a hole
/// of it stays one: kept with its number, it can be taken out again without looking for a name in anybody's words. There is no way from
/// a text to a sentence but <see cref="Plain"/>, so that no name gets in unseen.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sentence : IEquatable<Sentence>
{
    /// <summary>A person is kept as begin, number, colon, login, end: control characters, which no text that is filled in keeps.</summary>
    private const char Begin = '\u0001';

    /// <summary>Ends a person in what is stored.</summary>
    public const char End = '\u0002';

    private readonly StringBuilder _kept;

    public Sentence(int literalLength, int formattedCount) => _kept = new StringBuilder(literalLength + (formattedCount * 16));

    private Sentence(string kept) => _kept = new StringBuilder(kept);

    public static Sentence Empty => new("");

    public bool IsEmpty => _kept.Length == 0;

    /// <summary>Whether a person is in it whose number is known: it is a sentence of ours then.</summary>
    public bool NamesSomebody => Kept.Contains(Begin, StringComparison.Ordinal);

    /// <summary>As it is stored, with its people.</summary>
    public string Kept => _kept.ToString();

    [return: NotNullIfNotNull(nameof(sentence))]
    public static implicit operator string?(Sentence? sentence) => sentence?.ToString();

    public static bool operator ==(Sentence? left, Sentence? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Sentence? left, Sentence? right) => !(left == right);

    /// <summary>A text in which we name nobody: GitHub's own words, a fault, what somebody has typed.</summary>
    public static Sentence Plain(string text) => new(Unmarked(text));

    /// <summary>As it was stored.</summary>
    public static Sentence Read(string kept) => new(kept);

    /// <summary>The sentences that say something, one after the other.</summary>
    public static Sentence Join(IEnumerable<Sentence> sentences)
    {
        var all = Empty;
        foreach (var sentence in sentences.Where(sentence => !sentence.IsEmpty))
        {
            all._kept.Append(all.IsEmpty ? "" : " ").Append(sentence._kept);
        }

        return all;
    }

    /// <summary>How a person stands in what is stored, up to the login.</summary>
    public static string BeginOf(GitHubUserId person) => string.Create(CultureInfo.InvariantCulture, $"{Begin}{person.Value}:");

    public void AppendLiteral(string ours) => _kept.Append(ours);

    public void AppendFormatted(GitHubUser person)
    {
        var login = Unmarked(person.Login.Value);
        _ = person.Id is { } id ? _kept.Append(BeginOf(id)).Append(login).Append(End) : _kept.Append(login);
    }

    /// <summary>A login alone says of whom only until it is given to somebody else.</summary>
    [Obsolete("Name the GitHubUser, so that the sentence keeps who it is.", error: true)]
    public void AppendFormatted(GitHubLogin login) => AppendFormatted(new GitHubUser(null, login));

    public void AppendFormatted(Sentence? sentence) => _kept.Append(sentence?._kept);

    public void AppendFormatted<T>(T value, string? format = null) =>
        _kept.Append(Unmarked(value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? ""));

    /// <summary>The same, with somebody's name taken out of it.</summary>
    public Sentence Without(GitHubUserId person)
    {
        var kept = Kept;
        var begin = BeginOf(person);
        for (var at = kept.IndexOf(begin, StringComparison.Ordinal); at >= 0; at = kept.IndexOf(begin, StringComparison.Ordinal))
        {
            var end = kept.IndexOf(End, at);
            kept = string.Concat(kept.AsSpan(0, at), GitHubUser.Deleted.ToString(), end < 0 ? "" : kept.AsSpan(end + 1));
        }

        return new Sentence(kept);
    }

    public bool Equals(Sentence? other) => other is not null && _kept.Equals(other._kept);

    public override bool Equals(object? obj) => Equals(obj as Sentence);

    public override int GetHashCode() => Kept.GetHashCode(StringComparison.Ordinal);

    /// <summary>As people read it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(_kept.Length);
        var kept = Kept.AsSpan();
        for (var at = kept.IndexOf(Begin); at >= 0; at = kept.IndexOf(Begin))
        {
            text.Append(kept[..at]);
            kept = kept[(at + 1)..];
            kept = kept[(kept.IndexOf(':') + 1)..];
        }

        return text.Append(kept).Replace($"{End}", "").ToString();
    }

    private static string Unmarked(string text) => text.AsSpan().IndexOfAny(Begin, End) < 0 ? text : text.Replace($"{Begin}", "").Replace($"{End}", "");
}
