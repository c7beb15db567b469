using System.Text.Json.Nodes;

namespace Deliverybot.Sandbox.Slack;

/// <summary>A slash command and what it was answered.</summary>
public sealed class SlackConversation(SlackMember by, SlackRoom room, string command, DateTimeOffset at)
{
    /// <summary>https://docs.slack.dev/interactivity/handling-user-interaction#message_responses</summary>
    private const int MostAnswers = 5;

    private static readonly TimeSpan AnswersTaken = TimeSpan.FromMinutes(30);

    private readonly Lock gate = new();
    private readonly List<SlackMessage> messages = [];
    private int answers;

    public SlackMember By => by;

    public SlackRoom Room => room;

    public string Command => command;

    public DateTimeOffset At => at;

    /// <summary>The status of the answer to the command itself; 0 where there was none.</summary>
    public int Status { get; internal set; }

    /// <summary>How long that took.</summary>
    public TimeSpan Took { get; internal set; }

    public IReadOnlyList<SlackMessage> Messages
    {
        get
        {
            lock (gate)
            {
                return [.. messages];
            }
        }
    }

    /// <summary>The answer to the command itself; another one may have come before it was read.</summary>
    internal void Acknowledge(JsonObject message)
    {
        lock (gate)
        {
            messages.Insert(0, new SlackMessage(message));
        }
    }

    /// <returns>False where no more answers are taken.</returns>
    internal bool Answer(JsonObject message, DateTimeOffset now)
    {
        lock (gate)
        {
            if (now - at > AnswersTaken || answers == MostAnswers)
            {
                return false;
            }

            answers++;
            if ((bool?)message["replace_original"] is true && messages is [.., var last])
            {
                messages[^1] = new SlackMessage(message, last.Times + 1);
            }
            else
            {
                messages.Add(new SlackMessage(message));
            }

            return true;
        }
    }
}
