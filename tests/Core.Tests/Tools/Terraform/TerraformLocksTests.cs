using System.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform;

namespace TfgridCompose.Core.Tests.Tools.Terraform;

/// <summary>With a real Terraform or OpenTofu, whose one resource needs no provider but the built-in one and takes its time.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TerraformLocksTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TestHome _home = new();
    private readonly DeploymentRecord _record;
    private readonly DeploymentFolder _folder;
    private readonly TerraformLocks _locks;

    public TerraformLocksTests()
    {
        _record = _home.Store.Save(TestHome.Record());
        _folder = _home.Home.Deployment(_record.Id);
        _locks = new TerraformLocks(_home.Home);
        File.WriteAllText(Path.Combine(_folder.Terraform, "main.tf"), """
            resource "terraform_data" "slow" {
              provisioner "local-exec" {
                command = "exec sleep 60"
              }
            }
            """);
    }

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task A_working_Terraform_keeps_its_lock_and_a_killed_one_leaves_only_a_file()
    {
        using (Process init = Start("init", "-input=false"))
        {
            Assert.That(init.WaitForExit(Limit));
        }

        Assert.That(await FindAsync(), Is.Empty);
        using Process apply = Start("apply", "-auto-approve", "-input=false");
        try
        {
            await AwaitAsync(() => File.Exists(_folder.TerraformLockInfo) && File.ReadAllText(_folder.TerraformLockInfo).EndsWith('}'));
            FoundLock held = (await FindAsync()).Single();
            Assert.That(held.IsAlive);
            Assert.That(held.Holder, Does.Match("^OperationTypeApply of .+@.+, since 2.+, id [0-9a-f-]{36}$"));
            Assert.That(await _locks.RemoveAsync(held, CancellationToken.None), Is.False);
        }
        finally
        {
            apply.Kill(entireProcessTree: true);
            await apply.WaitForExitAsync().WaitAsync(Limit);
        }

        FoundLock left = (await FindAsync()).Single();
        Assert.That(left.IsAlive, Is.False);
        Assert.That(await _locks.RemoveAsync(left, CancellationToken.None));
        Assert.That(await FindAsync(), Is.Empty);
    }

    private Task<IReadOnlyList<FoundLock>> FindAsync() => _locks.FindAsync(_record, CancellationToken.None);

    private Process Start(params string[] arguments)
    {
        TerraformTool tool = TerraformTool.Find(Environment.GetEnvironmentVariable("PATH"))
            ?? throw new IgnoreException("neither tofu nor terraform is here");
        var start = new ProcessStartInfo(
            tool.Path,
            arguments)
        { WorkingDirectory = _folder.Terraform, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TF_CLI_CONFIG_FILE"] = "/dev/null";
        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task AwaitAsync(Func<bool> condition)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(Limit));
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
