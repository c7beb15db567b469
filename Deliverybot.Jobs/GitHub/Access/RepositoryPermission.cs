using System.Text.Json.Serialization;
using Deliverybot.Jobs.GitHub.Transport;

namespace Deliverybot.Jobs.GitHub.Access;

/// <summary>What somebody may do in a repository; each includes those before it.</summary>
[JsonConverter(typeof(StateConverter<RepositoryPermission>))]
internal enum RepositoryPermission
{
    None,
    Read,
    Triage,
    Write,
    Maintain,
    Admin,
}
