using Deliverybot.Jobs.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.GitHub;

public sealed class GitHubAddressesTests
{
    [Theory]
    [InlineData("https://github.com", "https://api.github.com/", "https://api.github.com/graphql")]
    [InlineData("https://github.com/", "https://api.github.com/", "https://api.github.com/graphql")]
    [InlineData("https://octo.ghe.com", "https://api.octo.ghe.com/", "https://api.octo.ghe.com/graphql")]
    [InlineData("https://git.example.org", "https://git.example.org/api/v3/", "https://git.example.org/api/graphql")]
    [InlineData("https://example.org/github/", "https://example.org/github/api/v3/", "https://example.org/github/api/graphql")]
    [InlineData("http://localhost:5001", "http://localhost:5001/api/v3/", "http://localhost:5001/api/graphql")]
    [InlineData("https://github.com.example.org", "https://github.com.example.org/api/v3/", "https://github.com.example.org/api/graphql")]
    public void The_API_is_where_that_kind_of_GitHub_has_it(string url, string api, string graphQl)
    {
        var addresses = GitHubAddresses.Of(new Uri(url));

        addresses.Api.ToString().ShouldBe(api);
        addresses.GraphQl.ToString().ShouldBe(graphQl);
    }

    [Theory]
    [InlineData("https://github.com", "https://github.com/login/oauth/")]
    [InlineData("https://octo.ghe.com", "https://octo.ghe.com/login/oauth/")]
    [InlineData("https://example.org/github", "https://example.org/github/login/oauth/")]
    public void OAuth_is_on_the_address_that_people_see(string url, string oauth)
    {
        var addresses = GitHubAddresses.Of(new Uri(url));

        addresses.OAuthAuthorize.ToString().ShouldBe(oauth + "authorize");
        addresses.OAuthToken.ToString().ShouldBe(oauth + "access_token");
    }
}
