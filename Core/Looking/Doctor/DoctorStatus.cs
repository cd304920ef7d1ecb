namespace TfgridCompose.Core.Looking.Doctor;

/// <summary>What a check of this machine found.</summary>
public enum DoctorStatus
{
    Passed,

    /// <summary>Works, and there is something to know.</summary>
    Note,

    Failed,
}
