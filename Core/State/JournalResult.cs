using System.Text.Json.Serialization;

namespace TfgridCompose.Core.State;

[JsonConverter(typeof(JsonStringEnumConverter<JournalResult>))]
public enum JournalResult
{
    Started,
    Done,
    Failed,
    Cancelled,
}
