namespace Deliverybot.Jobs.Surfaces.Words;

/// <summary>What whoever gives a command has to be allowed in the repository.</summary>
internal enum CommandRight
{
    /// <summary>It is about no repository.</summary>
    None,
    Read,
    Write,
}
