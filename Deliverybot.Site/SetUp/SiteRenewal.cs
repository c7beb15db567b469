namespace Deliverybot.Site.SetUp;

/// <summary>Ends the site gracefully, to be put together anew in the same process: what it is made of has changed.</summary>
internal sealed class SiteRenewal(IHostApplicationLifetime lifetime)
{
    public bool IsWanted { get; private set; }

    public void Begin()
    {
        IsWanted = true;
        lifetime.StopApplication();
    }
}
