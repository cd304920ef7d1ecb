using System.Security.Cryptography;
using System.Text;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.Places;

/// <summary>Where a place's record is asked for while this home has no deployment of it. Gone afterwards.</summary>
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
