using Deliverybot.Jobs.Acts;
using Deliverybot.Jobs.Core;
using Deliverybot.Jobs.Surfaces.Slack.Commands;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.Surfaces.Slack;

/// <summary>Whoever waited for an environment for too long is told the same by every surface.</summary>
public sealed class BusyTests
{
    [Fact]
    public void Slack_says_what_the_forms_say()
    {
        var busy = ActResult.Busy(new TurnTakenException(DateTimeOffset.UnixEpoch, "production"));

        var answer = SlackAnswers.Busy(busy);

        busy.Headline.ToString().ShouldBe("Busy, try again");
        answer.Headline.ToString().ShouldBe($":hourglass: {busy.Headline}");
        answer.Sentences.ShouldBe([busy.Sentence.ToString()]);
    }
}
