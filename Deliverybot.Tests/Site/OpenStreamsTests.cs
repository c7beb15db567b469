using System.Diagnostics.Metrics;
using System.Net;
using Deliverybot.Data.Names;
using Deliverybot.Site.Live;
using Deliverybot.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Site;

public sealed class OpenStreamsTests(House house) : IClassFixture<House>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_person_has_so_many_streams_and_whoever_closes_one_may_open_another()
    {
        var repository = house.CreateRepository();
        using var ada = await house.SignInAsync("ada");
        using var rita = await house.SignInAsync("rita");
        var open = new List<HttpResponseMessage>();
        for (var tab = 0; tab < OpenStreams.MostOfOne; tab++)
        {
            open.Add(await OpenAsync(ada, repository.FullName));
            open[^1].StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using (var tooMany = await OpenAsync(ada, repository.FullName))
        {
            tooMany.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            tooMany.Headers.RetryAfter.ShouldNotBeNull();
        }

        using (var others = await OpenAsync(rita, repository.FullName))
        {
            others.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        open[0].Dispose();
        await house.EventuallyAsync(
            async () =>
            {
                using var again = await OpenAsync(ada, repository.FullName);
                return again.StatusCode == HttpStatusCode.OK;
            },
            "there is room again");
        open.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public void What_is_closed_twice_counts_once()
    {
        var streams = new OpenStreams(house.Services.GetRequiredService<IMeterFactory>());
        var user = new GitHubUserId(1);
        var first = streams.TryOpen(user).ShouldNotBeNull();
        first.Dispose();
        first.Dispose();

        Enumerable.Range(0, OpenStreams.MostOfOne).Select(_ => streams.TryOpen(user)).ShouldAllBe(stream => stream != null);
        streams.TryOpen(user).ShouldBeNull();
        streams.TryOpen(new GitHubUserId(2)).ShouldNotBeNull();
    }

    private static Task<HttpResponseMessage> OpenAsync(HttpClient visitor, string repository) =>
        visitor.GetAsync($"/_/events/{repository}", HttpCompletionOption.ResponseHeadersRead, Stop);
}
