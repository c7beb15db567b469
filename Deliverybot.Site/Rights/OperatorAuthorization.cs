using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Rights;

/// <summary>Says whether the signed-in user is one of <c>Deliverybot:Operators</c>.</summary>
internal sealed class OperatorAuthorization(SiteSettings settings, UserSession session, RepositoryAuthorization repositories)
{
    public async Task<bool> IsOperatorAsync(CancellationToken cancellationToken)
    {
        if (settings.Operators.OfType<Operator.Person>().Any(person => person.Login == session.Login))
        {
            return true;
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
}
