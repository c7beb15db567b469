namespace Deliverybot.Site.Web;

/// <summary>
/// How much this process holds of bodies of which nobody knows yet whose they are. What has arrived counts, not what was announced, so
/// nobody fills it without sending it; and a part of it is for small bodies, which nearly all are, so that large ones don't keep them out.
/// </summary>
internal sealed class UnknownBytes(long most, long keptForSmall)
{
    /// <summary>A webhook has 10 to 50 KB as a rule.</summary>
    private const int Small = 128 * 1024;

    private long _held;

    public long Held => Interlocked.Read(ref _held);

    /// <param name="count">So many more.</param>
    /// <param name="before">So many were taken for the same body before.</param>
    /// <returns>False where there is no room.</returns>
    public bool TryTake(long count, long before)
    {
        var limit = before + count <= Small ? most : most - keptForSmall;
        if (Interlocked.Add(ref _held, count) <= limit)
        {
            return true;
        }

        Return(count);
        return false;
    }

    public void Return(long count) => Interlocked.Add(ref _held, -count);
}
