using System.Security.Cryptography;
using NUnit.Framework;
using TfgridCompose.LocalGrid.Control;

namespace TfgridCompose.LocalGrid.Tests.Control;

public sealed class ProviderMirrorTests
{
    /// <summary>Every deployment's lock file holds this script's hash: if a byte changes, their owners cannot use them any more.</summary>
    [Test]
    public void The_wrapper_never_changes()
    {
        string mirror = Directory.CreateTempSubdirectory("tfgrid-mirror").FullName;
        try
        {
            ProviderMirror.Write(mirror);
            ProviderMirror.Write(mirror);
            string[] files = Directory.GetFiles(mirror, "*", SearchOption.AllDirectories);

            Assert.That(files, Has.Length.EqualTo(4));
            Assert.That(
                files.Select(f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))).Distinct(),
                Is.EqualTo(new[] { "7c2aa68748c6d84f8335e55a39d78fd064caa75fd6f2b57f847715a297aca989" }));
            Assert.That(files.All(f => File.GetUnixFileMode(f).HasFlag(UnixFileMode.OtherExecute)));
        }
        finally
        {
            Directory.Delete(mirror, recursive: true);
        }
    }
}
