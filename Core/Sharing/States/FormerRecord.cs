using System.Security.Cryptography;
using System.Text;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.States;

/// <summary>
/// A copy of the folder that reaches a deployment's old record, while the deployment's own is switched to the new one.
/// Its name follows from the old place, so that a killed move finds it again.
/// </summary>
internal sealed class FormerRecord
{
    private const int KeyLength = 8;
    private const string Prefix = "record.former-";
    private readonly DeploymentFolder _folder;

    private FormerRecord(DeploymentFolder folder, string path) => (_folder, Path) = (folder, path);

    public string Path { get; }

    public static FormerRecord Of(DeploymentFolder folder, RecordedBackend? place)
    {
        string key =
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place?.Location ?? "")))[..KeyLength];
        var former = new FormerRecord(folder, System.IO.Path.Combine(folder.Path, Prefix + key));
        if (place is not null && Directory.Exists(folder.SharedRecord) && !BackendFile.IsIn(former.Path))
        {
            former.Fill();
        }

        return former;
    }

    public void Remove()
    {
        foreach (string path in Directory.GetDirectories(_folder.Path, Prefix + "*"))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    // The backend's file is written last: it marks the copy as complete.
    private void Fill()
    {
        PrivateFile.CreateFolder(Path);
        foreach (string file in Directory.GetFiles(_folder.SharedRecord)
            .OrderBy(file => System.IO.Path.GetFileName(file) == BackendFile.Name))
        {
            PrivateFile.Write(System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)), PlainFile.ReadText(file));
        }
    }
}
