using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// The built-in patterns on machines as awkward as those of the real grid can be: names are not found, package lists are old, the first
/// update has apt's locks, nftables is missing.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class HarshProfileTests
{
    private const string Profile = "TFGRID_LOCALGRID_PROFILE";

    // An image of a program of the machine, from a tarball: no registry is needed.
    private const string Setup = """
        #!/usr/bin/env bash
        set -euo pipefail
        install -d /image/bin /image/srv
        cp /bin/busybox /image/bin/
        printf 'page of %s\n' "$APP_NAME" >/image/srv/index.html
        tar --directory /image --create --file /image.tar .
        docker import /image.tar page
        docker run --detach --restart always --publish 8080:80 page /bin/busybox httpd -f -h /srv
        # A hook can install packages: the lists are new. The first automatic update may have the lock again.
        apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends install wget
        """;

    [Test]
    public async Task A_container_runs_on_a_single_vm()
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Environment[Profile] = "harsh";
        SampleApp app = lab.App("harsh", "network: {provision: [wireguard, mycelium, ipv4], prefer: [ipv4]}");
        app.Hook("setup", Setup);
        app.Manifest(text => text.Replace("memory: 512", "memory: 1024, docker: true", StringComparison.Ordinal)
            .Replace("packages: [curl]", "packages: [curl, busybox-static]", StringComparison.Ordinal));

        Deployment deployment = await lab.UpAsync(app);

        Assert.That(await Web.PageAsync(deployment.PrimaryIp), Is.EqualTo(app.Page));
        Assert.That(await ProfilesAsync(lab, deployment), Is.EqualTo(new[] { "harsh" }));
        Assert.That(await OnAsync(lab, app, "docker", "ps", "--format", "{{.Image}}"), Is.EqualTo("page\n"));
        Assert.That(await OnAsync(lab, app, "head", "-1", "/etc/resolv.conf"), Does.StartWith("# Written by tfgrid-compose"));
        Assert.That(
            await OnAsync(lab, app, "ip", "-o", "-4", "route", "show", "default"), Does.StartWith("default via 203.0.113.1 dev eth1"));
        Assert.That(
            await OnAsync(lab, app, "nft", "list", "table", "inet", "tfgrid_compose"), Does.Contain("tcp dport { 22, 8080 } accept"));

        // The profile is the machine's: another environment changes nothing.
        lab.Environment[Profile] = null;
        Assert.That((await lab.RunAsync("up", app.Folder)).MustEndWith(0).Errors, Does.Contain("nothing to do"));
        Assert.That(await ProfilesAsync(lab, deployment), Is.EqualTo(new[] { "harsh" }));
        (await lab.RunAsync("down", app.Folder, "--yes")).MustEndWith(0);
    }

    [Test]
    public async Task A_gateway_serves_its_backend()
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Environment[Profile] = "harsh";
        var site = GatewaySite.In(
            lab, "harsh-site", "proxy: haproxy", "count: 1, services: [{name: web, port: 8080, health_check: /health}]",
            "network: {provision: [wireguard, mycelium]}");

        await site.UpAsync();

        JsonElement page = await site.PageAsync();
        Assert.That(page.GetRawText(), Does.Contain("backend1"));
        Assert.That(await ProfilesAsync(lab, site.Deployment), Is.EqualTo(new[] { "harsh", "harsh" }));
        foreach (string host in new[] { "gateway", "backend1" })
        {
            Assert.That(await site.OnAsync(host, "head", "-1", "/etc/resolv.conf"), Does.StartWith("# Written by tfgrid-compose"));
            Assert.That(await site.OnAsync(host, "nft", "list", "table", "inet", "tfgrid_compose"), Does.Contain("policy drop"));
        }

        Assert.That(await site.ChangedByAnotherRunAsync(), Has.All.Property("Value").Zero);
        (await lab.RunAsync("down", site.Folder, "--yes")).MustEndWith(0);
    }

    [Test]
    public async Task A_profile_that_does_not_exist_is_refused_before_anything_is_made()
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Environment[Profile] = "rough";
        SampleApp app = lab.App("rough");

        ProgramResult up = (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(3);

        Assert.That(up.Errors, Does.Contain("TFC0322").And.Contain("TFGRID_LOCALGRID_PROFILE is \"rough\"")
            .And.Contain("usual or harsh"));
        Assert.That(lab.Deployments, Is.Empty);
    }

    private static async Task<string> OnAsync(Lab lab, SampleApp app, params string[] command) =>
        (await lab.RunAsync(["exec", app.Folder, "--", .. command])).MustEndWith(0).Output;

    private static async Task<string?[]> ProfilesAsync(Lab lab, Deployment deployment)
    {
        using var status = JsonDocument.Parse((await lab.RunToolAsync(Product.LocalGrid, "status")).MustEndWith(0).Output);
        return
        [
            .. status.RootElement.GetProperty("vms").EnumerateArray()
                .Where(vm => vm.GetProperty("network").GetString() == $"net_{deployment.Id}")
                .Select(vm => vm.GetProperty("profile").GetString()),
        ];
    }
}
