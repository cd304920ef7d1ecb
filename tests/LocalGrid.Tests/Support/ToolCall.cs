namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>A program that was run: its arguments, and its standard input if it got one.</summary>
internal sealed record ToolCall(string Command, string? Input = null);
