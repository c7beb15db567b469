using Deliverybot.Sandbox;
using Deliverybot.Tests.Jobs.GitHub;
using Microsoft.AspNetCore.Builder;
using Shouldly;

namespace Deliverybot.Tests.Contracts.Rest;

/// <summary>Our clients and a stand-in GitHub, both held to GitHub's description of what passes between them.</summary>
internal sealed class RecordedGitHub : IAsyncDisposable
{
    private readonly ExchangeRecorder _recorder;

    private RecordedGitHub(SandboxGitHub inner, ExchangeRecorder recorder)
    {
        GitHub = inner;
        _recorder = recorder;
    }

    public SandboxGitHub GitHub { get; }

    public static async Task<RecordedGitHub> StartAsync(SandboxServerOptions? options = null)
    {
        var recorder = new ExchangeRecorder();
        return new RecordedGitHub(
            await SandboxGitHub.StartAsync((options ?? new SandboxServerOptions()) with { MapPages = (web, _) => web.Use(recorder.RecordAsync) }),
            recorder);
    }

    /// <summary>Each fault once, however many exchanges had it.</summary>
    public async Task ShouldKeepTheContractAsync()
    {
        var contract = await RestContract.LoadAsync();
        _recorder.Exchanges.ShouldNotBeEmpty();
        _recorder.Exchanges.SelectMany(contract.Faults).Distinct().ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => GitHub.DisposeAsync();
}
