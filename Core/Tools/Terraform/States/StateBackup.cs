using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>A backup of a deployment's Terraform state.</summary>
/// <param name="Number">Its consecutive number.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Path">Its file.</param>
public sealed record StateBackup(int Number, DateTimeOffset At, string Path)
{
    public StateText Read() => StateText.Parse(PlainFile.ReadText(Path));
}
