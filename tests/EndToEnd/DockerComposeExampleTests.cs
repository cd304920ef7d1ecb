using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>Containers of a compose file, on a machine that the single-vm pattern has given Docker.</summary>
public sealed class DockerComposeExampleTests
{
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(90);

    [Test]
    public async Task Two_services_come_up_and_come_back_after_a_restart_of_the_machine()
    {
        await using Lab lab = await Lab.CreateAsync();
        string app = lab.In("docker-compose");
        Folders.Copy(Path.Combine(Product.Repository, "examples", "docker-compose"), app);

        (await lab.RunAsync("up", app, "--grid", "local")).MustEndWith(0);

        string address = (await lab.RunAsync("address", app)).MustEndWith(0).Output.Trim();
        Assert.That(await Web.PageAsync(address), Is.EqualTo("visit 1\n"));
        string before = await BootAsync(lab, app);

        await lab.RunAsync("exec", app, "--", "systemctl", "reboot");

        string page = "";
        for (DateTime end = DateTime.UtcNow + Restart; page.Length == 0 && DateTime.UtcNow < end; await Task.Delay(500))
        {
            string now = await BootAsync(lab, app);
            page = now.Length > 0 && now != before ? await PageAsync(address) : "";
        }

        Assert.That(page, Is.EqualTo("visit 2\n"), "the volume has kept the number");
        (await lab.RunAsync("up", app, "--grid", "local", "--only", "platform")).MustEndWith(0);
        (await lab.RunAsync("down", app, "--yes")).MustEndWith(0);
    }

    private static async Task<string> BootAsync(Lab lab, string app) =>
        (await lab.RunAsync("exec", app, "--", "systemctl", "show", "--property", "UserspaceTimestampMonotonic")).Output;

    // Nothing answers until the container runs.
    private static async Task<string> PageAsync(string address)
    {
        try
        {
            return await Web.PageAsync(address);
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }
}
