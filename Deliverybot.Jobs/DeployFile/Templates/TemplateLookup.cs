using System.Diagnostics;
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
        switch (path.Root)
        {
            case TemplateRoot.Ref:
                return values.Ref.ShortName;
            case TemplateRoot.Sha:
                return values.Sha.Value;
            case TemplateRoot.ShortSha:
                return values.Sha.Short;
            case TemplateRoot.Target:
                return values.Target.Value;
            case TemplateRoot.Owner:
                return values.Repository.Owner;
            case TemplateRoot.Repo:
                return values.Repository.Name;
            case TemplateRoot.Commit:
                return Field(path, values.Commit, out fault);
            case TemplateRoot.Pr or TemplateRoot.PullRequest when values.PullRequestNumber is null:
                fault = $"{Written(path)} has no value, for this deployment belongs to no pull request";
                return null;
            case TemplateRoot.Pr:
                return values.PullRequestNumber.Value.Value.ToString(CultureInfo.InvariantCulture);
            case TemplateRoot.PullRequest:
                return Field(path, values.PullRequest, out fault);
            default:
                throw new UnreachableException();
        }
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
            case JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Undefined:
                fault = $"{Written(path)} is no single value: name one of its fields";
                return null;
            default:
                throw new UnreachableException();
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
internal sealed record TemplateValues(RepositoryName Repository, TargetName Target, GitRef Ref, CommitSha Sha)
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
