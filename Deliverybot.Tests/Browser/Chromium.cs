using System.Collections.Concurrent;
using Deliverybot.Sandbox.Browser;
using Deliverybot.Sandbox.Processes;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Browser;

/// <summary>One headless Chromium for a test class: the machine's own, else npm's. No script of a page may have failed in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Looked for once a run: whoever unpacks it lets the other test classes wait.
    private static readonly Lazy<string> Found = new(() => ChromiumProgram.Find(RepositoryFolder.Of("Deliverybot.Tests", "node_modules")));

    private readonly Func<string> _program;
    private readonly ConcurrentQueue<string> _failedScripts = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Chromium() => _program = () => Found.Value;

    internal Chromium(Func<string> program) => _program = program;

    private IBrowser Browser => _browser ?? throw new InvalidOperationException("The browser hasn't been started.");

    public async ValueTask InitializeAsync()
    {
        // As long as everything else may take here: the machine may be busy.
        Assertions.SetDefaultExpectTimeout(20_000);
        var program = _program();
        _playwright = await Playwright.CreateAsync();
        try
        {
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = program,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
            });
        }
        catch (PlaywrightException refused)
        {
            throw new InvalidOperationException(
                $"{program} didn't start. Mend it, or choose another with {ChromiumProgram.Variable}: a file, or 'npm' for the one that npm brings.", refused);
        }
    }

    /// <summary>A browser window of somebody who is signed in nowhere.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null)
    {
        var context = await Browser.NewContextAsync(options);
        context.WebError += (_, failed) => _failedScripts.Enqueue($"{failed.Page?.Url}: {failed.Error}");
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _failedScripts.ShouldBeEmpty();
    }
}
