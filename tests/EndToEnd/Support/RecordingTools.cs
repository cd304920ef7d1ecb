namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>How a tool was called.</summary>
internal sealed record ToolCall(string Tool, string Arguments, IReadOnlyList<string> Environment);

/// <summary>Programs in place of tofu, terraform, ssh and ansible-playbook that write down how they were called and then succeed.</summary>
internal sealed class RecordingTools
{
    private const string Script = """
        #!/bin/sh
        tool=$(basename "$0")
        call=$(mktemp "FOLDER/calls/$tool.XXXXXX")
        printf '%s\n' "$@" >"$call"
        env >"$call.env"
        [ "$tool" != ssh ] || [ -t 0 ] || cat >/dev/null
        case "$*" in *"sh -s -- run "*) echo "tfgrid-compose: the hook ended with exit code 0" >&2 ;; esac
        case "$tool $1" in
          *" init") mkdir -p .terraform; [ -s terraform.tfstate ] || cp "FOLDER/state.json" terraform.tfstate ;;
          *" plan") echo plan >tfplan ;;
          *" output") cat "FOLDER/outputs.json" ;;
        esac

        """;

    private const string Outputs = """
        {
          "primary_ip": {"value": "ADDRESS"},
          "primary_ip_type": {"value": "public"},
          "deployment_name": {"value": "vm"},
          "node_ids": {"value": [8]}
        }
        """;

    private const string State = """
        {"version": 4, "serial": 1, "lineage": "6d1d9a3e-0c5b-4f0e-9f7e-3b1c2a4d5e6f", "outputs": {}, "resources": []}
        """;

    public RecordingTools(string folder, string publicAddress)
    {
        Folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, "calls"));
        File.WriteAllText(Path.Combine(folder, "outputs.json"), Outputs.Replace("ADDRESS", publicAddress, StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "state.json"), State);
        foreach (string tool in new[] { "tofu", "terraform", "ssh", "ansible-playbook" })
        {
            string path = Path.Combine(folder, tool);
            File.WriteAllText(path, Script.Replace("FOLDER", folder, StringComparison.Ordinal));
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32("755", 8));
        }
    }

    public string Folder { get; }

    public IReadOnlyList<ToolCall> Calls =>
    [
        .. Directory.GetFiles(Path.Combine(Folder, "calls"), "*.env")
            .Select(file => new ToolCall(Path.GetFileName(file).Split('.')[0], File.ReadAllText(file[..^4]), File.ReadAllLines(file))),
    ];
}
