using Deliverybot.Tests.Sandbox;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>Calls that GitHub says no to.</summary>
internal sealed class RefusedCalls(SandboxDriver github)
{
    private static readonly string[] Unheard = ["unheard"];

    public async Task CallAllAsync()
    {
        await CallAsStrangerAsync();
        await CallWithoutRightsAsync();
        await CallWithFaultsAsync(await github.InstallationTokenAsync());
    }

    private async Task CallAsStrangerAsync()
    {
        await github.GetAsync("/user", null);
        await github.GetAsync("/user", "ghu_unknown");
        await github.GetAsync("/app", "a.b.c");
        await github.GetAsync("/app/installations/999", github.Jwt());
        await github.GetAsync("/app/hook/deliveries/999", github.Jwt());
        await github.GetAsync("/users/nobody", github.UserToken(github.Writer));
        await github.GetAsync("/repos/acme/nothing", github.UserToken(github.Writer));
        await github.SendAsync("DELETE", $"/applications/{github.Server.App.ClientId}/token", "Basic eDp5", new { access_token = "ghu_unknown" });
    }

    private async Task CallWithoutRightsAsync()
    {
        var reader = github.UserToken(github.Reader);
        await github.PostAsync($"{github.Repo}/deployments", reader, new { @ref = "main" });
        await github.PostAsync($"{github.Repo}/statuses/{github.Repository.Head}", reader, new { state = "success" });
        await github.PostAsync($"{github.Repo}/merges", reader, new { @base = "main", head = "main" });
        await github.GetAsync("/installation/repositories", reader);
    }

    private async Task CallWithFaultsAsync(string token)
    {
        var check = github.World.StartCheck(github.Repository, github.Repository.Head, "ci");
        await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main", auto_merge = false });
        github.World.FinishCheck(github.Repository, check, "failure");
        await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main", auto_merge = false });
        await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main", required_contexts = Unheard });
        await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "nowhere" });
        await github.PostAsync($"{github.Repo}/deployments", token, new { @ref = "main", description = new string('x', 141) });
        await github.GetAsync($"{github.Repo}/deployments/999", token);
        await github.PostAsync($"{github.Repo}/statuses/{new string('0', 40)}", token, new { state = "success" });
        await github.GetAsync($"{github.Repo}/commits/nowhere", token);
        await github.GetAsync($"{github.Repo}/compare/main...nowhere", token);
        await github.GetAsync($"{github.Repo}/contents/nothing", token);
        await github.GetAsync($"{github.Repo}/contents/README.md?ref=nowhere", token);
        await github.GetAsync($"{github.Repo}/branches/nowhere", token);
        await github.GetAsync($"{github.Repo}/git/ref/heads/nowhere", token);
        await github.GetAsync($"{github.Repo}/pulls/999", token);
        await github.GetAsync($"{github.Repo}/issues/comments/999", token);
        await github.PostAsync($"{github.Repo}/issues/999/comments", token, new { body = "Is anybody there?" });
    }
}
