namespace TfgridCompose.Cli.Terminal;

/// <summary>Ctrl-C at a question, before anything was changed.</summary>
internal sealed class UnansweredException : OperationCanceledException;
