using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub.Transport;
using Deliverybot.Site.Settings;
using Deliverybot.Site.SignIn;

namespace Deliverybot.Site.Rights;

/// <summary>Says whether the signed-in user is one of <c>Deliverybot:Operators</c>. Each way GitHub is asked, at most a minute ago.</summary>
internal sealed class OperatorAuthorization(
    SiteSettings settings, UserSession session, RememberedPerson remembered, RepositoryAuthorization repositories)
{
    public async Task<bool> IsOperatorAsync(CancellationToken cancellationToken) =>
        IsKnownAdmin() || await IsNamedAsync(cancellationToken) || await IsAdminAsync(cancellationToken);

    /// <summary>
    /// For what tells how things stand and changes nothing, and is wanted just when GitHub has a fault and doesn't say who somebody is: then
    /// whoever signed in as one, at most a day ago, is taken for one. Only <c>Deliverybot:Operators</c> that name people can be known so.
    /// </summary>
    public async Task<bool> MayLookAsync(CancellationToken cancellationToken)
    {
        if (IsKnownAdmin())
        {
            return true;
        }

        try
        {
            if (await IsNamedAsync(cancellationToken))
            {
                return true;
            }
        }
        catch (RetryLaterException fault) when (fault.Holdup is Holdup.Fault)
        {
            return settings.Operators.Any(entry => Names(entry, session.User));
        }

        return await IsAdminAsync(cancellationToken);
    }

    /// <summary>What GitHub has said lately costs no call.</summary>
    private bool IsKnownAdmin() => settings.Operators.OfType<Operator.AdminsOf>().Any(admins => repositories.Known(admins.Repository) is { CanAdminister: true });

    /// <summary>Asks for nothing where nobody is named.</summary>
    private async Task<bool> IsNamedAsync(CancellationToken cancellationToken)
    {
        if (!settings.Operators.Any(entry => entry is Operator.Person or Operator.Account))
        {
            return false;
        }

        var person = await remembered.AskAsync(session.Token, cancellationToken);
        return person.IsSameAs(session.User) && settings.Operators.Any(entry => Names(entry, person));
    }

    private async Task<bool> IsAdminAsync(CancellationToken cancellationToken)
    {
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
