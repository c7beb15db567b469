using System.Globalization;
using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Acts.Deploying;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>What a form does. <see cref="ActForms"/> finds its class, whose name begins with the end of the address: a <c>LockForm</c> is sent to <c>…/lock</c>.</summary>
internal interface IActForm
{
    /// <summary>The fields that it reads; no others can be asked for.</summary>
    IReadOnlyList<string> Fields { get; }

    /// <summary>What it does, in a word or two.</summary>
    string Title { get; }

    /// <summary>What was to be changed, under the title.</summary>
    string SubjectOf(ActFields fields);

    /// <summary>What comes of it, where the form says so; null where it doesn't.</summary>
    string? ConsequenceOf(ActFields fields) => null;

    /// <summary>Where to go if the form doesn't say.</summary>
    string HomeOf(RepositoryName repository, ActFields fields) => Address.Repository(repository);

    /// <summary>What has to be known before it is done. Nothing is done here.</summary>
    /// <returns>Null where nothing has to.</returns>
    /// <exception cref="RetryLaterException">GitHub can't be used now, so that it isn't known.</exception>
    Task<Confirmation?> AskAsync(Actor actor, ActFields fields, CancellationToken cancellationToken) => Task.FromResult<Confirmation?>(null);

    /// <returns>Null where what it is about isn't there, and the address of that neither.</returns>
    Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken);

    /// <summary>What can't be read as what the form asks for.</summary>
    static ActResult Unread(string reason) => ActResult.Because(ActEnd.Unknown, $"That can't be taken", Sentence.Plain(reason));
}

/// <summary>What a form has sent, as text.</summary>
internal sealed class ActFields(IFormCollection form, IReadOnlyList<string> known)
{
    /// <summary>Null where nothing is written in it.</summary>
    public string? this[string name] => !known.Contains(name) ? throw new ArgumentException($"The form has no field {name}.", nameof(name))
        : form[name] is [{ } text, ..] && !string.IsNullOrWhiteSpace(text) ? text
        : null;

    /// <summary>All that is written.</summary>
    public IEnumerable<(string Name, string Text)> Written => known.Where(name => this[name] is not null).Select(name => (name, this[name]!));

    /// <summary>It wants to be asked before anything is done that isn't plain.</summary>
    public bool Asks => known.Contains(Confirmation.Field) && this[Confirmation.Field] is { } asks
        && (string.Equals(asks, "true", StringComparison.OrdinalIgnoreCase) || Confirmation.IsDigest(asks));

    public bool IsForced => string.Equals(this["force"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Our row's number; null where none is written.</summary>
    public DeploymentId? Id => long.TryParse(this["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new DeploymentId(id) : null;

    public string ShortSha => CommitSha.TryParse(this["sha"], out var sha) ? sha.Short : "?";

    /// <summary>The branch or tag that the commit was looked at on, by its short name or whole.</summary>
    /// <param name="defaultBranch">What is meant where no branch was sent.</param>
    /// <returns>Null where none was sent, and the repository has no branch yet.</returns>
    public CommitSource.LookedAt? LookedAt(GitRef? defaultBranch) => this["ref"] is { } name
        ? CommitSource.LookedAt.Named(name.Trim())
        : defaultBranch is { } branch ? new CommitSource.LookedAt(branch) : null;
}
