namespace Deliverybot.Site.SelfTest;

/// <summary>
/// Looks at one thing that has to be right for the site to work. It says what it has found in words for an operator, with what mends what
/// is wrong, and never a secret.
/// </summary>
internal interface ICheck
{
    /// <summary>What is looked at, as a heading.</summary>
    string Name { get; }

    /// <summary>Who is asked: what is said where no answer comes.</summary>
    Asked Asks { get; }

    /// <summary>Whether it makes GitHub do something: it is left out unless somebody wants it.</summary>
    bool Acts => false;

    /// <returns>One at least. What it throws is told as a finding, too.</returns>
    Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken);
}

/// <summary>Whoever a check asks.</summary>
internal enum Asked
{
    GitHub,
    Database,
    Site,
    Process,
}

/// <summary>How it stands with what was looked at.</summary>
internal enum Verdict
{
    Good,

    /// <summary>It does no harm, or can't be judged from here.</summary>
    Note,

    /// <summary>It works, and won't for long, or not for everybody.</summary>
    Warning,

    /// <summary>Something doesn't work.</summary>
    Bad,
}

/// <summary>What a check has found.</summary>
/// <param name="Says">How it is, in a sentence.</param>
/// <param name="Remedy">What to do; nothing where nothing is wrong.</param>
/// <param name="Page">Where at GitHub that is done.</param>
internal sealed record Finding(Verdict Verdict, string Says, string? Remedy = null, Uri? Page = null)
{
    public static Finding Good(string says) => new(Verdict.Good, says);

    public static Finding Note(string says, string? remedy = null, Uri? page = null) => new(Verdict.Note, says, remedy, page);

    public static Finding Warning(string says, string remedy, Uri? page = null) => new(Verdict.Warning, says, remedy, page);

    public static Finding Bad(string says, string remedy, Uri? page = null) => new(Verdict.Bad, says, remedy, page);
}

/// <summary>A check and what it has found.</summary>
internal sealed record Checked(string Name, IReadOnlyList<Finding> Findings)
{
    public Verdict Worst => Findings.Max(finding => finding.Verdict);
}
