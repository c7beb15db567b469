using Xunit;

namespace Deliverybot.Tests.Site;

/// <summary>Reads a stream of server-sent events line by line.</summary>
internal static class EventLines
{
    public static async Task<StreamReader> AsReaderAsync(this Task<Stream> stream) => new(await stream);

    /// <returns>The first line from here on that begins so.</returns>
    public static async Task<string> ReadUntilAsync(this StreamReader lines, string beginning)
    {
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException($"The stream ended without a line that begins with '{beginning}'.");
    }
}
