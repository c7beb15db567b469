using Deliverybot.Data.Names;
using Deliverybot.Jobs.Acts;
using Deliverybot.Site.Addresses;

namespace Deliverybot.Site.Pages.Acts;

/// <summary>What a form does: a class for each <see cref="ActName"/>.</summary>
internal interface IAct
{
    /// <summary>What was to be changed, under the title.</summary>
    string SubjectOf(ActFields fields);

    /// <summary>Where to go if the form doesn't say.</summary>
    string HomeOf(RepositoryName repository, ActFields fields) => Address.Repository(repository);

    /// <returns>Null where what it is about isn't there, and the address of that neither.</returns>
    Task<ActResult?> DoAsync(Actor actor, ActFields fields, CancellationToken cancellationToken);

    /// <summary>What can't be read as what the form asks for.</summary>
    static ActResult Unread(string reason) => ActResult.Because(ActEnd.Unknown, $"That can't be taken", Sentence.Plain(reason));
}
