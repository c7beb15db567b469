namespace Deliverybot.Tests.Site.Situations;

/// <summary>Something that happens to a commit, and what is true of it then in one environment.</summary>
/// <param name="Name">In a few words; the commit that is asked about is the one called so in it.</param>
/// <param name="State">How it stands there.</param>
/// <param name="DeployFile">The <c>deploy.yml</c>.</param>
/// <param name="Play">What happens.</param>
internal sealed record Situation(string Name, string State, string DeployFile, Func<Stage, Task> Play)
{
    /// <summary>Why it stands so; null where nothing stands in its way.</summary>
    public string? Because { get; init; }

    /// <summary>Who keeps the environment as it is; null: nobody.</summary>
    public string? Kept { get; init; }

    /// <summary>The commit that is asked about, by the letter of its push.</summary>
    public char Commit { get; init; } = 'A';

    /// <summary>What one who may act can do about it.</summary>
    public IReadOnlyList<string> Next { get; init; } = [];

    public string Environment { get; init; } = "production";

    public string Target { get; init; } = "production";

    /// <summary>Whether its environment went with a pull request, so that nothing tells of that any more.</summary>
    public bool IsGone { get; init; }

    /// <summary>Whether a commit status of the target is written at all.</summary>
    public bool HasStatus { get; init; } = true;

    /// <summary>What the commit status says where it has words for less: what was there once has succeeded, whatever comes; null: the same.</summary>
    public string? Status { get; init; }

    public string Sha(Stage stage) => Commit switch { 'A' => stage.A, 'B' => stage.B, _ => stage.C };
}

/// <summary>What a place says of a commit.</summary>
/// <param name="State">Null where it doesn't speak of that commit.</param>
/// <param name="Kept">Null where it doesn't speak of the environment.</param>
/// <param name="Next">The buttons by which something can be done about it there.</param>
internal sealed record Told(string? State, string? Because = null, string? Kept = null, IReadOnlyList<string>? Next = null)
{
    /// <summary>Whether a link leads to the page that has what can be done.</summary>
    public bool LeadsThere { get; init; }
}
