using System.Security.Cryptography;
using System.Text;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.Places;

/// <summary>A temporary folder to read the record of a place from which this home has no deployment.</summary>
internal sealed class LookupFolder
{
    private const int KeyLength = 16;

    private LookupFolder(string path) => Path = path;

    public string Path { get; }

    public static LookupFolder Create(TfgridHome home, BackendPlace place)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place.Location)))[..KeyLength];
        string path = System.IO.Path.Combine(home.Path, "shared", key);
        BackendFile.Write(path, place.Kind, place.Record);
        return new LookupFolder(path);
    }

    public void Remove()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
