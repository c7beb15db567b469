using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Guides;

/// <summary>
/// Plays a job as a runner does: conditions and expressions are reckoned, and what its steps run is run by the shell, where <c>gh</c> and the
/// repository's own scripts write down how they were called, and do nothing else.
/// </summary>
/// <param name="workflow">Its workflow.</param>
/// <param name="github">The context <c>github</c>.</param>
/// <param name="own">How the repository's own scripts end.</param>
internal sealed class WorkflowRun(Workflow workflow, JsonObject github, JobState own)
{
    private const string Token = "the-token-of-the-run";
    private const string End = "\u001e";

    private readonly List<string[]> calls = [];

    /// <summary>What <c>gh</c> was called with.</summary>
    public IEnumerable<string[]> GhCalls => calls.Where(call => call[0] == "gh").Select(call => call[1..]);

    /// <summary>How the repository's own scripts were called, with their arguments.</summary>
    public IReadOnlyList<string> OwnCalls => [.. calls.Where(call => call[0] != "gh").Select(call => string.Join(' ', call))];

    /// <summary>The jobs that run for the event, none if the workflow doesn't run for it.</summary>
    public IReadOnlyList<Workflow.Job> Jobs => workflow.RunsFor((string)github["event_name"]!, (string)github["event"]!["action"]!)
        ? [.. workflow.Jobs.Where(job => new ActionsExpression(Contexts([]), JobState.Well).Holds(job.If))]
        : [];

    public async Task PlayAsync(Workflow.Job job)
    {
        github["token"] = Token;
        var folder = Directory.CreateTempSubdirectory("workflow-").FullName;
        try
        {
            var state = JobState.Well;
            foreach (var step in job.Steps)
            {
                var env = new JsonObject();
                foreach (var (name, value) in workflow.Env.Concat(job.Env).Concat(step.Env))
                {
                    env[name] = new ActionsExpression(Contexts(env), state).Fill(value);
                }

                var expression = new ActionsExpression(Contexts(env), state);
                if (expression.Holds(step.If) && !await DoAsync(step, expression, env, folder))
                {
                    state = own;
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private JsonObject Contexts(JsonObject env) => new()
    {
        ["github"] = github.DeepClone(),
        ["env"] = env.DeepClone(),
        ["secrets"] = new JsonObject(),
    };

    /// <returns>False: it failed, or the run was cancelled meanwhile.</returns>
    private async Task<bool> DoAsync(Workflow.Step step, ActionsExpression expression, JsonObject env, string folder)
    {
        if (step.Uses is { } uses)
        {
            uses.ShouldStartWith("actions/checkout@", customMessage: "the guides use no action of anybody else's");
            expression.Fill(step.With.GetValueOrDefault("ref") ?? "${{ github.sha }}").ShouldBe((string)github["sha"]!, "what is deployed is what was decided");
            return true;
        }

        var script = step.Run!;
        script.ShouldNotContain("${{", customMessage: "what comes from outside reaches the shell by its environment, not as code");
        var record = Path.Combine(folder, "calls");
        await PutScriptsAsync(script, folder, record);
        var start = new ProcessStartInfo("bash", ["-e", "-c", script]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in env)
        {
            start.Environment[name] = (string)value!;
        }

        start.Environment["PATH"] = $"{Path.Combine(folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var shell = Process.Start(start)!;
        var error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        var called = File.Exists(record) ? (await File.ReadAllTextAsync(record)).Split($"{End}\0", StringSplitOptions.RemoveEmptyEntries) : [];
        calls.AddRange(called.Select(call => call.Split('\0', StringSplitOptions.RemoveEmptyEntries)));
        File.Delete(record);
        if (called.Any(call => call.StartsWith("gh\0", StringComparison.Ordinal)))
        {
            ((string?)env["GH_TOKEN"]).ShouldBe(Token, "gh needs the token of the run");
        }

        (shell.ExitCode is 0 or 77).ShouldBeTrue($"{script}: {await error}");
        return shell.ExitCode == 0;
    }

    private async Task PutScriptsAsync(string script, string folder, string record)
    {
        await PutAsync("bin/gh", "gh", 0);
        foreach (var name in script.Split([' ', '\n', '"'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Contains("script/", StringComparison.Ordinal)))
        {
            await PutAsync(name, name, own == JobState.Well ? 0 : 77);
        }

        async Task PutAsync(string file, string name, int exitCode)
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, $"#!/bin/sh\nprintf '%s\\0' '{name}' \"$@\" '{End}' >> '{record}'\nexit {exitCode}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }
}
