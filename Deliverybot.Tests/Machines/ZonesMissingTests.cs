using Deliverybot.Sandbox.TryOut;
using Deliverybot.Tests.Site;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Machines;

/// <summary>A machine without a zone database, as images without tzdata are.</summary>
public sealed class ZonesMissingTests
{
    [Fact]
    public async Task The_Site_says_which_package_it_needs_and_does_not_start()
    {
        var log = Path.Combine(Path.GetTempPath(), $"deliverybot-zones-{Guid.NewGuid():N}.log");
        var settings = SiteArguments.With().Where(argument => argument.Contains(':', StringComparison.Ordinal) && !argument.StartsWith("--urls", StringComparison.Ordinal))
            .Select(argument => argument[2..].Split('=', 2))
            .ToDictionary(pair => pair[0].Replace(":", "__", StringComparison.Ordinal), pair => pair[1]);
        settings["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        settings["TZDIR"] = "/nowhere";

        await using var site = SiteProcess.Start(settings, log);
        await site.Ended.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        site.ExitCode.ShouldNotBe(0);
        site.WhyItEnded().Message.ShouldContain("install the package tzdata");
        File.Delete(log);
    }
}
