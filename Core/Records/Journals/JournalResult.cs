using System.Text.Json.Serialization;

namespace TfgridCompose.Core.Records.Journals;

[JsonConverter(typeof(JsonStringEnumConverter<JournalResult>))]
public enum JournalResult
{
    Started,
    Done,
    Failed,
    Cancelled,
}
