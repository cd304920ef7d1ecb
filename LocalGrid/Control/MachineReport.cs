namespace TfgridCompose.LocalGrid.Control;

/// <param name="Machine">Its name on this computer.</param>
/// <param name="State">What it is now: running or stopped.</param>
/// <param name="Changed">False if it was already in that state.</param>
internal sealed record MachineReport(string Machine, string State, bool Changed);
