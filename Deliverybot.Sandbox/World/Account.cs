namespace Deliverybot.Sandbox.World;

/// <summary>A user, an organisation or a bot.</summary>
public sealed class Account
{
    internal Account(long id, string login, AccountKind kind, string name, DateTimeOffset createdAt)
    {
        Id = id;
        Login = login;
        Kind = kind;
        Name = name;
        CreatedAt = createdAt;
    }

    public long Id { get; }

    public string Login { get; internal set; }

    public AccountKind Kind { get; }

    public string Name { get; }

    public string Email => $"{Login}@users.noreply.example.com";

    public DateTimeOffset CreatedAt { get; }

    /// <summary>For an organisation: its members and whether each is an owner.</summary>
    internal Dictionary<long, bool> Members { get; } = [];

    public override string ToString() => Login;
}
