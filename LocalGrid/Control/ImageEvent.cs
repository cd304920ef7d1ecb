namespace TfgridCompose.LocalGrid.Control;

/// <summary>A line of the output of `image ensure`.</summary>
/// <param name="Event">progress or done.</param>
internal sealed record ImageEvent(string Event)
{
    public string? Message { get; init; }

    public string? Path { get; init; }

    public bool? Built { get; init; }
}
