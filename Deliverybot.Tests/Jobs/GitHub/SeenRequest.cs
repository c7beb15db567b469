using Microsoft.AspNetCore.Http;

namespace Deliverybot.Tests.Jobs.GitHub;

/// <summary>A request as it came in at a <see cref="ScriptedGitHub"/>.</summary>
internal sealed record SeenRequest(string Method, string Path, string Query, string Body, IHeaderDictionary Headers)
{
    public string Authorization => Headers.Authorization.ToString();

    public override string ToString() => $"{Method} {Path}{Query}";
}
