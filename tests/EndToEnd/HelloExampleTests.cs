using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>The example that the README begins with, as it lies in the repository.</summary>
public sealed class HelloExampleTests
{
    private const string Hostile =
        "it's \"quoted\" $(touch /tmp/pwned) `touch /tmp/pwned` ${HOME} back\\slash %s\nsecond line ünïcödé ✓ ";

    [Test]
    public async Task A_hostile_value_arrives_byte_for_byte_and_down_leaves_nothing()
    {
        await using Lab lab = await Lab.CreateAsync();
        string app = lab.In("hello");
        Folders.Copy(Path.Combine(Product.Repository, "examples", "hello"), app);

        (await lab.RunAsync("up", app, "--grid", "local")).MustEndWith(0);

        string address = (await lab.RunAsync("address", app)).MustEndWith(0).Output.Trim();
        Assert.That(await Web.PageAsync(address), Does.Contain("Hello from the grid"));
        using var shown = JsonDocument.Parse(await Web.PageAsync(address, path: "/env"));
        JsonElement hostile = shown.RootElement.GetProperty("HOSTILE");
        Assert.That(hostile.GetProperty("value").GetString(), Is.EqualTo(Hostile));
        Assert.That(
            hostile.GetProperty("sha256").GetString(),
            Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Hostile)))));
        (await lab.RunAsync("exec", app, "--", "test", "-e", "/tmp/pwned")).MustEndWith(1);
        Assert.That(File.Exists("/tmp/pwned"), Is.False);

        string link = Path.Combine(app, ".tfgrid-compose");
        var footprint = Footprint.Of(lab, Deployment.OfLink(link), link);
        IReadOnlyDictionary<string, IReadOnlyList<string>> before = await footprint.LookAsync();
        Assert.That(
            before.Where(kind => kind.Value.Count == 0).Select(kind => kind.Key).Except(["control sockets"]),
            Is.Empty,
            "the look at a running deployment misses these");
        (await lab.RunAsync("down", app, "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
    }
}
