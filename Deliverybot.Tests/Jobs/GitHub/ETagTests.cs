using Deliverybot.Data.Names;
using Deliverybot.Jobs.GitHub;
using Deliverybot.Jobs.GitHub.Contents;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;
using static Deliverybot.Tests.Jobs.GitHub.GitHubDriver;
using static Deliverybot.Tests.Jobs.GitHub.ScriptedGitHub;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class ETagTests : IAsyncLifetime
{
    private const string File = """{"type":"file","encoding":"base64","sha":"b10b","content":"aGVs\nbG8=\n"}""";

    private GitHubDriver _driver = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _driver = await StartAsync();
        _driver.GitHub.On($"GET {ShopRoute}/contents/.github/deploy.yml", context =>
            context.Request.Headers.IfNoneMatch == "W/\"1\"" ? Unchanged(context) : Json(200, File, ("ETag", "W/\"1\""))(context));
    }

    public ValueTask DisposeAsync() => _driver.DisposeAsync();

    [Fact]
    public async Task An_unchanged_file_is_asked_for_by_its_ETag_and_read_from_memory()
    {
        await ReadAsync(_driver.Repository);

        var again = await ReadAsync(_driver.Repository);

        again.ShouldBeOfType<FileRead.Found>().Bytes.ToArray().ShouldBe("hello"u8.ToArray());
        _driver.GitHub.Requests.Select(request => request.Headers.IfNoneMatch.ToString()).ShouldBe(["", "W/\"1\""]);
    }

    [Fact]
    public async Task A_changed_file_is_read_anew_and_kept_by_its_new_ETag()
    {
        var changed = File.Replace("aGVs\\nbG8=", "Ynll", StringComparison.Ordinal);
        _driver.GitHub.On(
            $"GET {ShopRoute}/contents/.github/deploy.yml",
            Json(200, File, ("ETag", "\"1\"")),
            Json(200, changed, ("ETag", "\"2\"")),
            Unchanged);

        await ReadAsync(_driver.Repository);
        var second = await ReadAsync(_driver.Repository);
        var third = await ReadAsync(_driver.Repository);

        second.ShouldBeOfType<FileRead.Found>().Bytes.ToArray().ShouldBe("bye"u8.ToArray());
        third.ShouldBeOfType<FileRead.Found>().Bytes.ToArray().ShouldBe("bye"u8.ToArray());
        _driver.GitHub.Requests[^1].Headers.IfNoneMatch.ToString().ShouldBe("\"2\"");
    }

    [Fact]
    public async Task No_answer_crosses_from_one_installation_to_another()
    {
        await ReadAsync(_driver.Repository);

        await ReadAsync(_driver.Clients.Installation(new InstallationId(43)).Repository(Shop));

        _driver.GitHub.Requests.ShouldAllBe(request => request.Headers.IfNoneMatch.Count == 0);
    }

    [Fact]
    public async Task Nothing_that_a_user_was_answered_is_kept()
    {
        await ReadAsync(_driver.Repository);

        await ReadAsync(_driver.User.Repository(Shop));
        await ReadAsync(_driver.User.Repository(Shop));

        _driver.GitHub.Requests.ShouldAllBe(request => request.Headers.IfNoneMatch.Count == 0);
    }

    private static Task<FileRead> ReadAsync(RepositoryClient repository) =>
        repository.Contents.ReadAsync(".github/deploy.yml", null, Ended);

    private static Task Unchanged(HttpContext context)
    {
        context.Response.StatusCode = 304;
        return Task.CompletedTask;
    }
}
