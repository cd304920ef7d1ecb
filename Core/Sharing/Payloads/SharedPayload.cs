using System.Text.Json.Serialization;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Machines;

namespace TfgridCompose.Core.Sharing.Payloads;

/// <summary>
/// All that another machine needs to work on a deployment. Members with a default are `set`: see
/// <see cref="DeploymentRecord"/>.
/// </summary>
public sealed record SharedPayload
{
    public const int CurrentSchema = 1;
    private const int KeptEnds = 20;

    public int Schema { get; set; } = CurrentSchema;

    /// <summary>
    /// The record as the last writer had it; null between the claim of a new deployment and its first record, and after
    /// its end.
    /// </summary>
    public DeploymentRecord? Record { get; init; }

    /// <summary>The last lines of the journal.</summary>
    public IReadOnlyList<string> Journal { get; set; } = [];

    public IReadOnlyList<SharedFile> Files { get; set; } = [];

    /// <summary>Paths of the writer's machine in files; the reader replaces them with its own.</summary>
    public SharedOrigin? Origin { get; init; }

    public SharedHolder? Holder { get; init; }

    public SharedEnd? Ended { get; init; }

    /// <summary>
    /// Earlier deployments of this place, the last ones: a machine that was away for long learns what became of its
    /// copy.
    /// </summary>
    public IReadOnlyList<SharedEnd> Former { get; set; } = [];

    /// <summary>How a deployment ended, or null if it did not.</summary>
    public SharedEnd? EndOf(string deploymentId) => Ends().LastOrDefault(end => end.DeploymentId == deploymentId);

    /// <summary>All ends that are known here, the oldest first.</summary>
    public IReadOnlyList<SharedEnd> Ends() =>
        Ended is null
            ? Former
            : [.. Former.Where(end => end.DeploymentId != Ended.DeploymentId).TakeLast(KeptEnds - 1), Ended];
}

/// <param name="Path">Relative to the deployment's folder.</param>
/// <param name="Content">The text, or base64.</param>
/// <param name="IsBase64">Whether the content is base64 rather than UTF-8 text.</param>
public sealed record SharedFile(string Path, string Content, bool IsBase64 = false);

/// <param name="Folder">The deployment's folder.</param>
/// <param name="SshKey">The private key's path, or null.</param>
public sealed record SharedOrigin(string Folder, string? SshKey);

/// <param name="DeploymentId">What ended, or moved.</param>
/// <param name="At">When.</param>
/// <param name="By">Who, on which machine.</param>
/// <param name="MovedTo">The new place of the state; null if the deployment was destroyed.</param>
public sealed record SharedEnd(string DeploymentId, DateTimeOffset At, string By, string? MovedTo);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SharedPayload))]
public sealed partial class SharedJson : JsonSerializerContext;
