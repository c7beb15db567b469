namespace Deliverybot.Sandbox.Page.Views;

/// <summary>What a repository has from the beginning.</summary>
public enum NewRepository
{
    /// <summary><c>deploy.yml</c>, and the App.</summary>
    Whole,

    /// <summary>The App alone.</summary>
    WithoutFile,

    /// <summary><c>deploy.yml</c> alone: no event of it reaches Deliverybot.</summary>
    WithoutApp,
}
