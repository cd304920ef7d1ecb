using System.Diagnostics;
using System.Text.Json;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>A Terraform working directory on the real local grid of this computer. Disposing destroys what it made.</summary>
internal sealed class TerraformLab : IDisposable
{
    // The product's own allocation: no deployment of another test on this computer gets the same range.
    private readonly AddressRanges _ranges = AddressRanges.OfThisMachine();
    private readonly string _root = Directory.CreateTempSubdirectory("tfgrid-lab").FullName;

    private readonly string? _profile;

    /// <param name="configuration">Terraform's, with PREFIX and RANGE.</param>
    /// <param name="profile">What the machines are like; null: as usual.</param>
    public TerraformLab(string configuration, string? profile = null)
    {
        _profile = profile;
        Prefix = $"t{Guid.NewGuid():n}"[..10];
        Range = _ranges.Take(_root);
        Run(Executable, ["mirror", Path.Combine(_root, "mirror")]);
        File.WriteAllText(CliConfig, $$"""
            disable_checkpoint = true
            provider_installation {
              filesystem_mirror {
                path    = "{{_root}}/mirror"
                include = ["registry.terraform.io/threefoldtech/*"]
              }
            }
            """);
        Directory.CreateDirectory(WorkingDirectory);
        Configure(configuration);
        Terraform("init");
    }

    /// <summary>Part of every name of this lab, so that it finds its own resources among those of others.</summary>
    public string Prefix { get; }

    /// <summary>The lab's own 10.x.0.0/16.</summary>
    public string Range { get; }

    public static string Executable => Path.Combine(AppContext.BaseDirectory, "tfgrid-localgrid");

    public string WorkingDirectory => Path.Combine(_root, "app");

    private string CliConfig => Path.Combine(_root, "terraformrc");

    public void Configure(string configuration) => File.WriteAllText(Path.Combine(WorkingDirectory, "main.tf"), $$"""
        terraform {
          required_providers {
            grid = { source = "threefoldtech/grid" }
          }
        }
        {{configuration.Replace("PREFIX", Prefix, StringComparison.Ordinal).Replace("RANGE", Range, StringComparison.Ordinal)}}
        """);

    public string Terraform(params string[] arguments)
    {
        (int exitCode, string output) = TryTerraform(arguments);
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"terraform {string.Join(' ', arguments)}: {exitCode}\n{output}");
    }

    public (int ExitCode, string Output) TryTerraform(params string[] arguments) =>
        Try("terraform", [arguments[0], "-no-color", .. arguments[1..]]);

    public void Apply() => Terraform("apply", "-auto-approve");

    public JsonElement Output(string name)
    {
        using var document = JsonDocument.Parse(Terraform("output", "-json", name));
        return document.RootElement.Clone();
    }

    public JsonElement Status() => JsonDocument.Parse(Run(Executable, ["status"])).RootElement;

    /// <summary>The lab's machines: name in the configuration to the machine's name on this host.</summary>
    public Dictionary<string, JsonElement> Vms() => Status().GetProperty("vms").EnumerateArray()
        .Where(vm => vm.GetProperty("network").GetString()!.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(vm => vm.GetProperty("name").GetString()!, vm => vm);

    public string Run(string program, string[] arguments)
    {
        (int exitCode, string output) = Try(program, arguments);
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {exitCode}\n{output}");
    }

    public (int ExitCode, string Output) Try(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.Exists(WorkingDirectory) ? WorkingDirectory : _root,
        };
        arguments.ToList().ForEach(info.ArgumentList.Add);
        info.Environment["TF_CLI_CONFIG_FILE"] = CliConfig;
        info.Environment["TFGRID_LOCALGRID"] = Executable;
        info.Environment["TFGRID_LOCALGRID_PROFILE"] = _profile;
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    public void Dispose()
    {
        TryTerraform("destroy", "-auto-approve");
        _ranges.ReleaseAllOf(_root);
        Directory.Delete(_root, recursive: true);
    }
}
