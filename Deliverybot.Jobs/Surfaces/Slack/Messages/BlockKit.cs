using System.Text.Json.Nodes;
using Deliverybot.Jobs.Markup;

namespace Deliverybot.Jobs.Surfaces.Slack.Messages;

/// <summary>Answers as Slack's Block Kit (<see href="https://docs.slack.dev/reference/block-kit/blocks"/>), with a text for notifications and readers.</summary>
internal static class BlockKit
{
    /// <summary>Slack takes 3000 characters in a section.</summary>
    private const int LongestText = 2900;

    /// <summary>Slack takes 50 blocks.</summary>
    private const int MostLines = 40;

    private const int LongestSentence = 1200;

    /// <param name="replaces">It takes the place of the last answer to the same command.</param>
    public static JsonObject Write(SlackAnswer answer, bool replaces = false)
    {
        var message = new JsonObject
        {
            ["response_type"] = answer.Audience == Audience.Channel ? "in_channel" : "ephemeral",
            ["text"] = string.Join('\n', [answer.Headline.Markup, .. answer.Lines.Select(line => line.Markup), .. answer.Sentences.Select(Plain)]),
            ["blocks"] = new JsonArray([.. Blocks(answer)]),
            ["unfurl_links"] = false,
        };
        if (replaces)
        {
            message["replace_original"] = true;
        }

        return message;
    }

    private static IEnumerable<JsonNode> Blocks(SlackAnswer answer)
    {
        yield return Section("mrkdwn", answer.Headline.Markup);
        foreach (var lines in answer.Lines.Take(MostLines * 5).Chunk(5))
        {
            yield return Section("mrkdwn", string.Join('\n', lines.Select(line => line.Markup)));
        }

        foreach (var sentence in answer.Sentences.Where(sentence => sentence.Length > 0))
        {
            yield return Section("plain_text", Plain(sentence));
        }

        if (answer.Notes.Count > 0)
        {
            yield return new JsonObject
            {
                ["type"] = "context",
                ["elements"] = new JsonArray(Text("mrkdwn", string.Join(" · ", answer.Notes.Select(note => note.Markup)))),
            };
        }
    }

    private static JsonObject Section(string type, string text) => new() { ["type"] = "section", ["text"] = Text(type, text) };

    private static JsonObject Text(string type, string text)
    {
        var whole = text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, text.LastIndexOf('\n', LongestText) is > 0 and var end ? end : LongestText), "…");
        var json = new JsonObject { ["type"] = type, ["text"] = whole };
        if (type == "plain_text")
        {
            json["emoji"] = false;
        }

        return json;
    }

    private static string Plain(string sentence) => Mrkdwn.Escape(PlainLine.Of(sentence, LongestSentence));
}
