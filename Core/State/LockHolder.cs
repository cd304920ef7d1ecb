using System.Text.Json.Serialization;

namespace TfgridCompose.Core.State;

/// <summary>Who holds a deployment's lock.</summary>
public sealed record LockHolder(string User, string Host, int ProcessId, string Command, DateTimeOffset Since)
{
    /// <summary>Whether its process runs; of another host nobody here can say, so it counts as running.</summary>
    [JsonIgnore]
    public bool IsAlive => Host != Environment.MachineName || RunningProcess.Is(ProcessId);
}
