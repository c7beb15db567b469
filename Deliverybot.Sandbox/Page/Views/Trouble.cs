namespace Deliverybot.Sandbox.Page.Views;

/// <summary>What is the matter with GitHub, as programs meet it; these pages go on.</summary>
public enum Trouble
{
    None,
    Slow,
    Down,

    /// <summary>Everybody has used up what may be asked in an hour.</summary>
    Limited,
}
