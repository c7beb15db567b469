namespace Deliverybot.Jobs.Links;

/// <summary>What of the section <c>Deliverybot</c> the jobs need.</summary>
internal sealed class PublicUrlOptions
{
    public const string Section = "Deliverybot";

    /// <summary>The root of every link to this site; null where none is set, and then links are left out.</summary>
    public Uri? PublicUrl { get; set; }
}
