using Deliverybot.Jobs.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Engine;

public sealed class HangfireLogTests
{
    [Fact]
    public void A_stopped_site_does_not_break_the_others_of_its_process()
    {
        using var loggers = new Microsoft.Extensions.Logging.LoggerFactory([NullLoggerProvider.Instance]);
        var log = new HangfireLog(loggers);
        loggers.Dispose();

        log.GetLogger("Hangfire").Log(Hangfire.Logging.LogLevel.Error, () => "A line for nobody").ShouldBeFalse();
    }
}
