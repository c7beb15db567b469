namespace Deliverybot.Sandbox.Page;

/// <summary>Style and script, which are part of the program.</summary>
internal static class PageFiles
{
    public static IResult Open(string name, string contentType) =>
        Results.Stream(typeof(PageFiles).Assembly.GetManifestResourceStream(name)!, contentType);
}
