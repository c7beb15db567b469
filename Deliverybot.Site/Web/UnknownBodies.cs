using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Deliverybot.Site.Web;

/// <summary>
/// Reads bodies of requests of which nobody knows yet whose they are: at most so long, for at most so much time, and only while this
/// process has room for them.
/// </summary>
internal sealed class UnknownBodies(UnknownBytes room, TimeProvider time)
{
    /// <param name="largest">In bytes.</param>
    /// <param name="longest">For the whole body, however steadily it drips.</param>
    /// <param name="isKnown">Whether it is of whom it should be; asked once it is whole.</param>
    public async Task<BodyRead> ReadAsync(
        HttpRequest request, int largest, TimeSpan longest, Func<ReadOnlySequence<byte>, bool> isKnown, CancellationToken cancellationToken)
    {
        if (request.ContentLength > largest)
        {
            return new BodyRead.TooLarge();
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // Counted here.
            limit.MaxRequestBodySize = null;
        }

        // Not by a token: a read that one has ended leaves the reader of no use, and what has come with it.
        using var deadline = new CancellationTokenSource(longest, time);
        await using var end = deadline.Token.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), request.BodyReader);
        var held = 0L;
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(cancellationToken);
                if (read.IsCanceled)
                {
                    return Let(request.BodyReader, read, new BodyRead.TooSlow());
                }

                var length = read.Buffer.Length;
                if (length > largest)
                {
                    return Let(request.BodyReader, read, new BodyRead.TooLarge());
                }

                if (!room.TryTake(length - held, held))
                {
                    return Let(request.BodyReader, read, new BodyRead.Crowded());
                }

                held = length;
                if (read.IsCompleted)
                {
                    return Let(request.BodyReader, read, isKnown(read.Buffer) ? new BodyRead.Whole(read.Buffer.ToArray()) : new BodyRead.Foreign());
                }

                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException fault)
        {
            return fault.StatusCode == StatusCodes.Status408RequestTimeout ? new BodyRead.TooSlow() : new BodyRead.Malformed();
        }
        finally
        {
            room.Return(held);
        }
    }

    private static BodyRead Let(PipeReader reader, ReadResult read, BodyRead outcome)
    {
        reader.AdvanceTo(read.Buffer.End);
        return outcome;
    }
}
