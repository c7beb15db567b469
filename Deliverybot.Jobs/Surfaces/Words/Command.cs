using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>What a person asks for in words. The names are as they were written: whether there is such a thing is for others to say.</summary>
internal abstract record Command
{
    /// <summary>The one that was named; null for the place where it was written: the pull request's, the channel's.</summary>
    public RepositoryName? Repository { get; init; }
}
