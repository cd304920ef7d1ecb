namespace TfgridCompose.Core.Looking.Doctor;

/// <param name="Name">What was looked at.</param>
/// <param name="Status">What was found.</param>
/// <param name="Message">The fact.</param>
/// <param name="Fix">What to do about it, or null.</param>
public sealed record DoctorCheck(string Name, DoctorStatus Status, string Message, string? Fix = null)
{
    public static DoctorCheck Passed(string name, string message) => new(name, DoctorStatus.Passed, message);
}
