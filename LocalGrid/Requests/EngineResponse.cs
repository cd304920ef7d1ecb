using System.Globalization;
using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Requests;

internal sealed record EngineResponse
{
    public NetworkResult? Network { get; init; }

    public DeploymentResult? Deployment { get; init; }

    public string? ErrorSummary { get; init; }

    public string? ErrorDetail { get; init; }

    /// <summary>Attribute path of the error: names, and list indexes as numbers in text.</summary>
    public List<string> ErrorPath { get; set; } = [];

    public static EngineResponse Failed(GridException error) => new()
    {
        ErrorSummary = error.Summary,
        ErrorDetail = error.Message,
        ErrorPath = [.. error.Path.Select(step => step.ToString() ?? "")],
    };

    public EngineResponse ThrowIfFailed() => ErrorSummary is null
        ? this
        : throw new GridException(ErrorSummary, ErrorDetail ?? "", [.. ErrorPath.Select(ToStep)]);

    private static object ToStep(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int index) ? index : text;
}
