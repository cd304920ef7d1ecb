using System.Text.Json;

namespace TfgridCompose.LocalGrid.Control;

internal sealed record RemovalReport(IReadOnlyList<string> Removed)
{
    public string ToJson() => JsonSerializer.Serialize(this, ControlJson.Default.RemovalReport);
}
