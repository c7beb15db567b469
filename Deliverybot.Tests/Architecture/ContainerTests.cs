using System.Security.Claims;
using Deliverybot.Site;
using Deliverybot.Site.SignIn;
using Deliverybot.Tests.Harness;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Architecture;

/// <summary>Development validates scopes and constructors at the start; factories, keyed services and pages are asked for here.</summary>
public sealed class ContainerTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Theory]
    [InlineData("web,worker")]
    [InlineData("web")]
    [InlineData("worker")]
    public async Task Whatever_is_registered_can_be_made(string roles)
    {
        IServiceCollection? services = null;
        await using var site = SiteApplication.Build(Arguments(roles), builder => services = builder.Services);
        await using var scope = site.Services.CreateAsyncScope();
        SignIn(scope.ServiceProvider);

        var ours = services!.Where(service => !service.ServiceType.ContainsGenericParameters && IsOurs(service.ServiceType)).ToList();
        ours.Count.ShouldBeGreaterThan(20);
        foreach (var service in ours)
        {
            _ = service.IsKeyedService
                ? scope.ServiceProvider.GetRequiredKeyedService(service.ServiceType, service.ServiceKey)
                : scope.ServiceProvider.GetRequiredService(service.ServiceType);
        }

        scope.ServiceProvider.GetServices<IHostedService>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Every_page_can_be_made()
    {
        await using var site = SiteApplication.Build(Arguments("web,worker"));
        await using var scope = site.Services.CreateAsyncScope();
        SignIn(scope.ServiceProvider);

        foreach (var page in typeof(SiteApplication).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(PageModel))))
        {
            ActivatorUtilities.CreateInstance(scope.ServiceProvider, page).ShouldNotBeNull();
        }
    }

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("Deliverybot.", StringComparison.Ordinal);

    /// <summary>A request by somebody with a session, as pages require it.</summary>
    private static void SignIn(IServiceProvider services)
    {
        if (services.GetService<IHttpContextAccessor>() is not { } accessor)
        {
            return;
        }

        var properties = new AuthenticationProperties(new Dictionary<string, string?> { ["deliverybot.session"] = Guid.NewGuid().ToString("N"), ["deliverybot.stamp"] = "." });
        properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = "ghu_test" }]);
        var user = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, "1"), new Claim(Deliverybot.Site.SignIn.GitHubOAuth.GitHubAuthenticationConstants.Claims.Login, "ada")],
            CookieAuthenticationDefaults.AuthenticationScheme));
        accessor.HttpContext = new DefaultHttpContext { RequestServices = services };
        accessor.HttpContext.Features.Set<IAuthenticateResultFeature>(new Result(AuthenticateResult.Success(
            new AuthenticationTicket(user, properties, CookieAuthenticationDefaults.AuthenticationScheme))));
        UserSession.TryOf(accessor.HttpContext).ShouldNotBeNull();
    }

    private string[] Arguments(string roles)
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        return
        [
            "--environment=Development", $"--ConnectionStrings:Deliverybot={database.ConnectionString}",
            "--Deliverybot:PublicUrl=https://deliverybot.example.com", $"--Deliverybot:Roles={roles}",
            "--GitHub:AppId=1", "--GitHub:AppSlug=deliverybot", "--GitHub:WebhookSecret=s", "--GitHub:ClientId=id", "--GitHub:ClientSecret=s",
            $"--GitHub:PrivateKey={key.ExportRSAPrivateKeyPem()}",
        ];
    }

    private sealed class Result(AuthenticateResult result) : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; } = result;
    }
}
