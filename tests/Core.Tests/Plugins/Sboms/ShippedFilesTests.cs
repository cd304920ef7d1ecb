using System.Security.Cryptography;
using TfgridCompose.Core.Plugins.Sboms;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.DescriptorWriter.Sboms;

namespace TfgridCompose.Core.Tests.Plugins.Sboms;

public sealed class ShippedFilesTests
{
    [Test]
    public void The_hash_is_that_of_the_file_nearest_to_the_top()
    {
        using var state = new TestHome();
        foreach (string folder in new[] { "", "linux-x64", "publish" })
        {
            Directory.CreateDirectory(Path.Combine(state.Root, folder));
            File.WriteAllText(Path.Combine(state.Root, folder, "x.dll"), $"of {folder}");
        }

        SbomComponent part = new ShippedFiles(state.Root).AddHashTo(new SbomComponent("library", "x"));

        Assert.That(part.Hash?.Digits, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData("of "u8))));
    }
}
