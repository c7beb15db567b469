using System.Globalization;

namespace Deliverybot.Tests.Site;

/// <summary>A file as the Site sent it.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Encoding">How it was compressed; empty where it wasn't.</param>
/// <param name="Bytes">How many were sent.</param>
/// <param name="Text">What they say.</param>
internal sealed record SentFile(string Path, string Encoding, int Bytes, string Text)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Path} {Encoding} {Bytes}");
}
