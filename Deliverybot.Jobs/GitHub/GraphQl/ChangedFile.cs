using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.GitHub.GraphQl;

/// <summary>What a pull request does to a file.</summary>
/// <param name="Head">The head that is judged.</param>
/// <param name="IsChanged">Whether it adds, changes or removes the file.</param>
/// <param name="BringsMisnamed">Whether it adds or changes the one that has the file's name by mistake.</param>
internal sealed record ChangedFile(CommitSha Head, bool IsChanged, bool BringsMisnamed);
