namespace TfgridCompose.Mutants;

/// <summary>A variable of the environment has a wrong value; the message says which.</summary>
internal sealed class SettingsException(string message) : Exception(message);
