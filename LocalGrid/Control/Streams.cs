namespace TfgridCompose.LocalGrid.Control;

/// <summary>The result goes to <paramref name="Out"/> as JSON, text for people to <paramref name="Error"/>.</summary>
internal sealed record Streams(TextReader In, TextWriter Out, TextWriter Error);
