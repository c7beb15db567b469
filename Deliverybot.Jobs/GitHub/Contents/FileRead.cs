namespace Deliverybot.Jobs.GitHub.Contents;

/// <summary>What became of reading a file of a repository.</summary>
internal abstract record FileRead
{
    private FileRead()
    {
    }

    /// <param name="Bytes">What is in it.</param>
    /// <param name="BlobSha">Git's name of exactly these bytes.</param>
    public sealed record Found(ReadOnlyMemory<byte> Bytes, string BlobSha) : FileRead;

    /// <summary>No such file, no such commit, or nothing that we may see.</summary>
    public sealed record Missing : FileRead;

    /// <summary>There is something, but no text to be had of it: a directory, a submodule, a file over 1 MB.</summary>
    public sealed record Unreadable(string Reason) : FileRead;
}
