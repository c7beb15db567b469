using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Microsoft.Extensions.DependencyInjection;

namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>What a person asks for in words. The names are as they were written: whether there is such a thing is for others to say.</summary>
internal abstract record Command
{
    /// <summary>The one that was named; null for the place where it was written: the pull request's, the channel's.</summary>
    public RepositoryName? Repository { get; init; }
}

/// <summary>A command by which something is done, wherever it is written. Each of its kinds says how it is written, and calls its act.</summary>
internal abstract record ActCommand : Command
{
    /// <summary>Stands before what was done; null where nothing does.</summary>
    public virtual string? Sign => null;

    /// <param name="acts">The parts that do what people ask for.</param>
    /// <param name="cancellationToken">Ends it where the act lets itself be ended.</param>
    /// <returns>One for each thing that was asked for.</returns>
    public abstract Task<IReadOnlyList<ActResult>> ActAsync(IServiceProvider acts, CommandPlace place, CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <typeparam name="TAct">The part that does it.</typeparam>
internal abstract record ActCommand<TAct> : ActCommand
    where TAct : notnull
{
    public sealed override Task<IReadOnlyList<ActResult>> ActAsync(IServiceProvider acts, CommandPlace place, CancellationToken cancellationToken) =>
        ActAsync(acts.GetRequiredService<TAct>(), place, cancellationToken);

    protected abstract Task<IReadOnlyList<ActResult>> ActAsync(TAct act, CommandPlace place, CancellationToken cancellationToken);
}
