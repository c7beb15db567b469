namespace Deliverybot.Sandbox.World;

/// <summary>A repository with everything GitHub keeps under it. Its lists are of the moment they are asked for.</summary>
public sealed class Repository
{
    private readonly Lock _gate;

    internal Repository(Lock gate, long id, Account owner, string name, ObjectStore objects, DateTimeOffset createdAt)
    {
        _gate = gate;
        Id = id;
        Owner = owner;
        Name = name;
        Objects = objects;
        CreatedAt = createdAt;
        PushedAt = createdAt;
    }

    public long Id { get; }

    public Account Owner { get; internal set; }

    public string Name { get; internal set; }

    public string FullName => $"{Owner.Login}/{Name}";

    public bool Private { get; internal set; }

    public bool Archived { get; internal set; }

    public string? Description { get; internal set; }

    public string DefaultBranch { get; internal set; } = "main";

    public Repository? ForkOf { get; internal init; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset PushedAt { get; internal set; }

    /// <summary>Branch name → sha of its head.</summary>
    public IReadOnlyDictionary<string, string> Branches => Snapshot(Heads);

    /// <summary>Tag name → sha of the commit, or of the tag object when the tag is annotated.</summary>
    public IReadOnlyDictionary<string, string> Tags => Snapshot(TagRefs);

    public IReadOnlyList<PullRequest> PullRequests => Snapshot(Pulls);

    public IReadOnlyList<Deployment> Deployments => Snapshot(DeploymentList);

    public IReadOnlyList<CommitStatus> Statuses => Snapshot(StatusList);

    public IReadOnlyList<CheckRun> CheckRuns => Snapshot(Runs);

    public IReadOnlyList<IssueComment> Comments => Snapshot(CommentList);

    internal ObjectStore Objects { get; }

    internal SortedDictionary<string, string> Heads { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, string> TagRefs { get; } = new(StringComparer.Ordinal);

    internal HashSet<string> Conflicting { get; } = new(StringComparer.Ordinal);

    internal Dictionary<long, RepositoryPermission> Collaborators { get; } = [];

    internal List<PullRequest> Pulls { get; } = [];

    internal List<Issue> Issues { get; } = [];

    internal List<IssueComment> CommentList { get; } = [];

    internal List<CommitStatus> StatusList { get; } = [];

    internal List<CheckSuite> Suites { get; } = [];

    internal List<CheckRun> Runs { get; } = [];

    internal List<Deployment> DeploymentList { get; } = [];

    internal List<Release> Releases { get; } = [];

    internal int LastNumber { get; set; }

    /// <summary>Sha of the default branch's head.</summary>
    public string Head
    {
        get
        {
            lock (_gate)
            {
                return Heads[DefaultBranch];
            }
        }
    }

    /// <summary>
    /// What a short name means that a branch and a tag share. GitHub's documentation doesn't say. Git itself takes the tag
    /// (https://git-scm.com/docs/gitrevisions), which is the worse for whoever means the branch.
    /// </summary>
    public bool BranchesGoFirst { get; set; }

    /// <summary>
    /// A branch, tag (annotated ones lead to their commit), <c>heads/…</c>, <c>tags/…</c>, <c>refs/…</c> or a sha of at
    /// least seven characters; null if there is no such commit in the network.
    /// </summary>
    public Commit? Resolve(string reference)
    {
        lock (_gate)
        {
            return Find(reference);
        }
    }

    public override string ToString() => FullName;

    private Commit? Find(string reference)
    {
        var isWhole = reference.StartsWith("refs/", StringComparison.Ordinal);
        var name = isWhole ? reference[5..] : reference;
        if (name.StartsWith("heads/", StringComparison.Ordinal) && Heads.TryGetValue(name[6..], out var head))
        {
            return Objects.Get(head);
        }

        if (name.StartsWith("tags/", StringComparison.Ordinal) && TagRefs.TryGetValue(name[5..], out var tagged))
        {
            return Peel(tagged);
        }

        if (isWhole)
        {
            return Pulls.Find(pull => name == $"pull/{pull.Number}/head") is { } pulled ? Objects.Get(pulled.HeadSha) : null;
        }

        if (!BranchesGoFirst && TagRefs.TryGetValue(name, out tagged))
        {
            return Peel(tagged);
        }

        return Heads.TryGetValue(name, out head) ? Objects.Get(head)
            : TagRefs.TryGetValue(name, out tagged) ? Peel(tagged)
            : Objects.Find(name);
    }

    private Commit Peel(string sha) => Objects.Peel(sha);

    private List<T> Snapshot<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }

    private Dictionary<string, string> Snapshot(SortedDictionary<string, string> refs)
    {
        lock (_gate)
        {
            return new Dictionary<string, string>(refs, StringComparer.Ordinal);
        }
    }
}
