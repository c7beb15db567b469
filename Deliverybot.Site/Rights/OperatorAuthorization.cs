using Deliverybot.Data.Names;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Rights;

/// <summary>Says whether the signed-in user is one of <c>Deliverybot:Operators</c>. Each way GitHub is asked, at most a minute ago.</summary>
internal sealed class OperatorAuthorization(
    SiteSettings settings, UserSession session, RememberedPerson remembered, RepositoryAuthorization repositories)
{
    public async Task<bool> IsOperatorAsync(CancellationToken cancellationToken)
    {
        if (settings.Operators.Any(entry => entry is Operator.Person or Operator.Account))
        {
            var person = await remembered.AskAsync(session.Token, cancellationToken);
            if (person.IsSameAs(session.User) && settings.Operators.Any(entry => Names(entry, person)))
            {
                return true;
            }
        }

        foreach (var admins in settings.Operators.OfType<Operator.AdminsOf>())
        {
            if (await repositories.SeeAsync(admins.Repository, cancellationToken) is { CanAdminister: true })
            {
                return true;
            }
        }

        return false;
    }

    private static bool Names(Operator entry, GitHubUser person) => entry switch
    {
        Operator.Person(var login) => login == person.Login,
        Operator.Account(var id) => id == person.Id,
        _ => false,
    };
}
