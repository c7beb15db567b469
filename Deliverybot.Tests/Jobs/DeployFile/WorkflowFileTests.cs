using Deliverybot.Jobs.DeployFile;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.DeployFile;

/// <summary>A GitHub Actions workflow in our place is told from a faulty file of ours.</summary>
public sealed class WorkflowFileTests
{
    [Theory]
    [InlineData("on: push\njobs:\n  build: { runs-on: ubuntu-latest, steps: [] }\n")]
    [InlineData("name: Deploy\n\non:\n  push:\n    branches: [main]\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ secrets.KEY }}\n")]
    [InlineData("on: [push, pull_request]\njobs: {}\n")]
    [InlineData("\"on\": push\njobs:\n  call: { uses: ./.github/workflows/x.yml }\n")]
    [InlineData("true: push\njobs:\n  build: {}\n")]
    [InlineData("name: no trigger yet\njobs:\n  build: { runs-on: x }\n")]
    [InlineData("on: push\njobs:\n  build:\n\tsteps: []\n")]
    [InlineData("on:\n  push:\njobs:\n  build:\n    if: !cancelled()\n    runs-on: x\n")]
    public void A_workflow_is_one(string text) => DeployFileSamples.Parse(text).ShouldBeOfType<DeployFileResult.Workflow>();

    [Theory]
    [InlineData("on: {}\njobs: {}\n")]
    [InlineData("on: { environment: x }\njobs: { task: deploy }\n")]
    [InlineData("jobs: {}\n")]
    public void Targets_may_be_called_so(string text) => DeployFileSamples.Valid(text).All.ShouldNotBeEmpty();

    [Theory]
    [InlineData("on: { environment: x }\njobs: { tusk: deploy }\n")]
    [InlineData("jobs: { tusk: deploy }\n")]
    [InlineData("on: push\n")]
    [InlineData("production:\n  auto_deploy: x\n")]
    [InlineData("production:\n  steps: []\n")]
    [InlineData("- on: push\n")]
    public void A_faulty_file_of_ours_is_none(string text) => DeployFileSamples.Parse(text).ShouldBeOfType<DeployFileResult.Invalid>();
}
