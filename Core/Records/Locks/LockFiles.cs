using System.Security.Cryptography;
using System.Text;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>The two files of a lock: the locked file, and the one that names the holder.</summary>
internal sealed record LockFiles(string Lock, string Holder)
{
    private const int KeyLength = 16;

    public static LockFiles Of(TfgridHome home, string scope, string name)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\n{name}")))[..KeyLength];
        return new(Path.Combine(home.Locks, $"{key}.lock"), Path.Combine(home.Locks, $"{key}.holder"));
    }

    /// <summary>Both locks of a deployment, in locking order.</summary>
    public static IReadOnlyList<LockFiles> Of(TfgridHome home, DeploymentRecord record) =>
        [Of(home, record.AppPath, record.Name), Of(home, record.Id, record.Name)];
}
