using System.Globalization;
using System.Text.Json;
using Deliverybot.Data.Names;

namespace Deliverybot.Jobs.DeployFile.Templates;

/// <summary>Finds the plain text that a path stands for.</summary>
internal static class TemplateLookup
{
    /// <returns>The text, or <see langword="null"/> where <paramref name="fault"/> says why there is none.</returns>
    /// <exception cref="InvalidOperationException">An object that the template needs wasn't given.</exception>
    public static string? Find(TemplatePath path, TemplateValues values, out string fault)
    {
        fault = "";
        if (path.Root is TemplateRoot.Pr or TemplateRoot.PullRequest && values.PullRequestNumber is null)
        {
            fault = $"{Written(path)} has no value, for this deployment belongs to no pull request";
            return null;
        }

        return path.Root switch
        {
            TemplateRoot.Ref => values.Ref.ShortName,
            TemplateRoot.Sha => values.Sha.Value,
            TemplateRoot.ShortSha => values.Sha.Short,
            TemplateRoot.TargetName => values.TargetName.Value,
            TemplateRoot.Owner => values.Repository.Owner,
            TemplateRoot.Repo => values.Repository.Name,
            TemplateRoot.Commit => Field(path, values.Commit, out fault),
            TemplateRoot.Pr => values.PullRequestNumber?.Value.ToString(CultureInfo.InvariantCulture),
            TemplateRoot.PullRequest => Field(path, values.PullRequest, out fault),
        };
    }

    /// <summary>
    /// What isn't there is empty text: an author without an account, a milestone that wasn't chosen, a label too few. That GitHub has such
    /// fields was made sure of when the file was read.
    /// </summary>
    private static string? Field(TemplatePath path, JsonElement? root, out string fault)
    {
        var current = root ?? throw new InvalidOperationException($"{Written(path)} needs GitHub's object, which wasn't fetched.");
        foreach (var field in path.Fields)
        {
            if (Below(current, field) is not { } next)
            {
                fault = "";
                return "";
            }

            current = next;
        }

        return Text(current, path, out fault);
    }

    private static JsonElement? Below(JsonElement element, string field) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty(field, out var value) => value,
        JsonValueKind.Array when int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < element.GetArrayLength() => element[index],
        _ => null,
    };

    private static string? Text(JsonElement element, TemplatePath path, out string fault)
    {
        fault = "";
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return Unescaped(element, path, out fault);
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return element.GetRawText();
            case JsonValueKind.Null:
                return "";
            default:
                fault = $"{Written(path)} is no single value: name one of its fields";
                return null;
        }
    }

    /// <summary>JSON can escape half a surrogate pair, which is no text that could be sent on.</summary>
    private static string? Unescaped(JsonElement element, TemplatePath path, out string fault)
    {
        try
        {
            fault = "";
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            fault = $"{Written(path)} holds half a character";
            return null;
        }
    }

    private static string Written(TemplatePath path) => $"{Template.Open} {path.Text} {Template.Close}";
}

/// <summary>What templates can name.</summary>
internal sealed record TemplateValues(RepositoryName Repository, TargetName TargetName, GitRef Ref, CommitSha Sha)
{
    /// <summary>The pull request that the deployment belongs to, if there is one.</summary>
    public PullRequestNumber? PullRequestNumber { get; init; }

    /// <summary>
    /// GitHub's <see href="https://docs.github.com/rest/commits/commits#get-a-commit">commit</see>,
    /// needed where <see cref="DeployFile.Target.NeedsCommit"/> says so.
    /// </summary>
    public JsonElement? Commit { get; init; }

    /// <summary>
    /// GitHub's <see href="https://docs.github.com/rest/pulls/pulls#get-a-pull-request">pull request</see>,
    /// needed where <see cref="DeployFile.Target.NeedsPullRequest"/> says so and there is one.
    /// </summary>
    public JsonElement? PullRequest { get; init; }
}
