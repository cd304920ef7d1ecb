using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Protocol.Wire;
using TfgridCompose.LocalGrid.Tests.Protocol;

namespace TfgridCompose.LocalGrid.Tests.Control;

/// <summary>The program itself, in its two roles. It creates nothing.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ExecutableTests : IDisposable
{
    private const int Interrupt = 2;
    private const int MoreThanAPipeHolds = 1 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _home = Directory.CreateTempSubdirectory("tfgrid-executable").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Test]
    public async Task Started_by_hand_it_is_the_control_program_over_the_world_that_its_environment_names()
    {
        using Process process = Run(["fault", "add", "no-boot"], []);
        string output = await process.StandardOutput.ReadToEndAsync();
        await EndAsync(process);

        Assert.That((process.ExitCode, output), Is.EqualTo((0, "[{\"id\":1,\"kind\":\"no-boot\",\"node\":0,\"remaining\":0}]\n")));
        Assert.That(Path.Combine(_home, "world.json"), Does.Exist);
    }

    [Test]
    public async Task Started_by_Terraform_it_is_the_provider_and_ends_with_it()
    {
        using X509Certificate2 terraform = PluginClient.NewCertificate();
        using Process process = Run([], new()
        {
            ["TF_PLUGIN_MAGIC_COOKIE"] = "d6",
            ["PLUGIN_CLIENT_CERT"] = terraform.ExportCertificatePem(),
        });
        string handshake = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit) ?? "";
        using var client = new PluginClient(handshake, terraform);

        // A Ctrl-C in Terraform's terminal reaches the provider too. Terraform tells the provider when to exit.
        _ = Libc.Kill(process.Id, Interrupt);
        GetProviderSchemaResponse schema = await client.CallAsync<GetProviderSchemaResponse>("GetSchema", new GetProviderSchemaRequest());
        Assert.That(schema.ResourceSchemas, Contains.Key("grid_deployment"));
        Assert.That(handshake, Does.Match($@"^1\|5\|unix\|{_home}/tfgrid-localgrid-{process.Id}-[0-9a-f]{{8}}\.sock\|grpc\|"));

        await client.SendAsync("/plugin.GRPCController/Shutdown");
        await EndAsync(process);
        Assert.That(process.ExitCode, Is.Zero);
        Assert.That(Directory.GetFiles(_home), Is.Empty);
    }

    [Test]
    public async Task A_request_that_has_begun_is_finished_whatever_the_terminal_says()
    {
        using Process process = Run(["engine"], []);

        // It registers for signals before it reads. This is more than fits into a pipe: when it is written, the engine is reading.
        await process.StandardInput.WriteAsync("{\"operation\":" + new string(' ', MoreThanAPipeHolds)).WaitAsync(Limit);
        await process.StandardInput.FlushAsync().WaitAsync(Limit);
        _ = Libc.Kill(process.Id, Interrupt);
        await process.StandardInput.WriteAsync("\"x\"}");
        process.StandardInput.Close();

        string output = await process.StandardOutput.ReadToEndAsync();
        await EndAsync(process);
        Assert.That((process.ExitCode, output), Is.EqualTo(
            (0, "{\"error_summary\":\"Bad engine request\",\"error_detail\":\"the engine does not know x\",\"error_path\":[]}")));
    }

    private Process Run(string[] args, Dictionary<string, string> environment)
    {
        var info = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "tfgrid-localgrid"), args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        info.Environment["TFGRID_LOCALGRID_HOME"] = _home;
        info.Environment["TMPDIR"] = _home;

        // The runtime of a debug build would put its own sockets there.
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        info.Environment.Remove("TF_PLUGIN_MAGIC_COOKIE");
        environment.ToList().ForEach(item => info.Environment[item.Key] = item.Value);
        return Process.Start(info)!;
    }

    private static async Task EndAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }
    }
}
