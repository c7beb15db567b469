using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deliverybot.Sandbox;
using Deliverybot.Sandbox.World;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Deliverybot.Tests.Sandbox;

/// <summary>A stand-in GitHub with an organisation, a writer, a reader and one repository, and a client for its HTTP.</summary>
internal sealed class SandboxDriver : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private SandboxDriver(SandboxServer server, FakeTimeProvider time)
    {
        Server = server;
        Time = time;
        Writer = World.CreateUser("ada");
        Reader = World.CreateUser("rita");
        Organisation = World.CreateOrganisation("acme", World.CreateUser("olive"));
        Repository = World.CreateRepository(Organisation, "shop");
        World.SetPermission(Writer, Repository, RepositoryPermission.Write);
        World.SetPermission(Reader, Repository, RepositoryPermission.Read);
        Installation = World.Install(Organisation);
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public SandboxServer Server { get; }

    public FakeTimeProvider Time { get; }

    public GitHubWorld World => Server.World;

    public Account Writer { get; }

    public Account Reader { get; }

    public Account Organisation { get; }

    public Repository Repository { get; }

    public Installation Installation { get; }

    public string Repo => $"/repos/{Repository.FullName}";

    public static async Task<SandboxDriver> StartAsync(SandboxServerOptions? options = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var server = await SandboxServer.StartAsync((options ?? new SandboxServerOptions()) with { Time = time, App = TestApp.Credentials }, Cancellation);
        return new SandboxDriver(server, time);
    }

    public string Jwt(TimeSpan? life = null, string? pem = null)
    {
        using var key = System.Security.Cryptography.RSA.Create();
        key.ImportFromPem(pem ?? Server.App.PrivateKeyPem);
        var now = Time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Server.App.AppId.ToString(CultureInfo.InvariantCulture),
            IssuedAt = now.AddSeconds(-30),
            Expires = now + (life ?? TimeSpan.FromMinutes(9)),
            SigningCredentials = new SigningCredentials(
                new RsaSecurityKey(key.ExportParameters(true)) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } },
                SecurityAlgorithms.RsaSha256),
        });
    }

    public async Task<string> InstallationTokenAsync(object? narrowing = null)
    {
        var answer = await SendAsync("POST", $"/app/installations/{Installation.Id}/access_tokens", Jwt(), narrowing);
        return (string)answer.Body["token"]!;
    }

    public string UserToken(Account user) => World.Tokens.IssueUser(user).Token;

    public Task<Answer> GetAsync(string path, string? token, string? accept = null, string? etag = null) => SendAsync("GET", path, token, null, accept, etag);

    public Task<Answer> PostAsync(string path, string? token, object body) => SendAsync("POST", path, token, body);

    public async Task<Answer> SendAsync(string method, string path, string? token, object? body = null, string? accept = null, string? etag = null)
    {
        var root = path.StartsWith("/login", StringComparison.Ordinal) ? "" : "/api/v3";
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Server.Url, path == "/api/graphql" ? path : root + path));
        request.Headers.Accept.ParseAdd(accept ?? "application/vnd.github+json");
        if (token is not null)
        {
            request.Headers.Authorization = token.StartsWith("Basic ", StringComparison.Ordinal)
                ? AuthenticationHeaderValue.Parse(token)
                : new AuthenticationHeaderValue("Bearer", token);
        }

        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        using var response = await _http.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        var json = text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text)! : new JsonObject();
        var headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, json, text, headers);
    }

    public async Task<HttpResponseMessage> PostFormAsync(string path, Dictionary<string, string> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await _http.PostAsync(new Uri(Server.Url, path), content, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>What came back over HTTP.</summary>
    internal sealed record Answer(int Status, JsonNode Body, string Text, IReadOnlyDictionary<string, string> Headers);
}
