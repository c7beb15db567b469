using System.Net;
using Deliverybot.Data.Deploying;
using Deliverybot.Data.Names;
using Deliverybot.Sandbox.Faults;
using Deliverybot.Tests.Harness;
using Deliverybot.Tests.Site;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Promises;

public sealed class UserTokenTests(House house) : IClassFixture<House>
{
    /// <summary>How user tokens and refresh tokens of a GitHub App begin (<see href="https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats"/>).</summary>
    private static readonly string[] Marks = ["ghu_", "ghr_"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_users_token_is_in_no_table_no_job_no_log_line_and_no_address()
    {
        var repository = house.CreateRepository("production:\n  environment: production\n");
        using var ada = await house.SignInAsync("ada");

        using var clicked = await DeployAsync();
        house.GitHub.Faults.Add(new FaultRule { Method = "POST", Route = "/repos/{owner}/{repo}/deployments", Address = $"/{repository.FullName}/", DroppedAnswerShare = 1, Times = 1 });
        using var interrupted = await DeployAsync();

        clicked.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        interrupted.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var id = new RepositoryId(repository.Id);
        await house.EventuallyAsync(
            () => house.ReadAsync(rows => rows.Deployments.Where(row => row.RepositoryId == id && row.State == DeploymentState.Pending).CountAsync().ContinueWith(count => count.Result == 2, Stop)),
            "the interrupted deployment is found at GitHub");
        (await FindAsync("ada")).ShouldContain("public.deployments");
        (await FindAsync("EvaluateDeploymentJob")).ShouldContain("hangfire.job");
        house.World.Tokens.IssueUser(house.Ada).Token.ShouldStartWith(Marks[0]);
        foreach (var mark in Marks)
        {
            (await FindAsync(mark)).ShouldBeEmpty();
            house.Log.ShouldNotContain(line => line.Contains(mark, StringComparison.Ordinal));
            house.GitHub.Requests.All.ShouldNotContain(request => request.Path.Contains(mark, StringComparison.Ordinal));
        }

        Task<HttpResponseMessage> DeployAsync() =>
            ada.PostFormAsync($"/{repository.FullName}/deploy", ("target", "production"), ("sha", repository.Branches["main"]));

        Task<IReadOnlyList<string>> FindAsync(string text) => DatabaseSearch.FindAsync(house.Database.Source, text, Stop);
    }

    [Fact]
    public void A_users_token_never_prints_itself()
    {
        var token = new Deliverybot.Jobs.GitHub.Transport.UserToken("ghu_secret");

        $"{token}".ShouldNotContain("secret");
    }
}
