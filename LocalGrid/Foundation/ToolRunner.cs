using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace TfgridCompose.LocalGrid.Foundation;

internal sealed class ToolRunner : IToolRunner
{
    private const int NotFound = 127;

    // Terraform may have been started without the system directories in its PATH.
    private const string SystemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly HashSet<string> Passed = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TZ", "TERM", "http_proxy", "https_proxy", "no_proxy", "all_proxy", "ftp_proxy",
        "SSL_CERT_FILE", "SSL_CERT_DIR",
    };

    // Our own program, and the runtime that it runs on.
    private static readonly string[] PassedPrefixes = ["TFGRID_LOCALGRID", "DOTNET_"];

    public ToolResult Try(IReadOnlyList<string> command, string? input = null, Action<string>? onErrorLine = null)
    {
        using var process = new Process { StartInfo = StartInfo(command) };
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => Collect(errors, line.Data, onErrorLine);
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new ToolResult(command, NotFound, "", $"{command[0]}: {e.Message}");
        }

        process.BeginErrorReadLine();

        // Reading starts before writing: a program that answers while it reads would block if nobody took its output.
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Feed(process, input);
        output.Wait();
        process.WaitForExit();
        lock (errors)
        {
            return new ToolResult(command, process.ExitCode, output.Result, errors.ToString());
        }
    }

    public int RunOnTerminal(IReadOnlyList<string> command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false })
            ?? throw new InvalidOperationException($"{command[0]} did not start");
        process.WaitForExit();
        return process.ExitCode;
    }

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> command)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (string name in info.Environment.Keys.Where(name => !IsPassedOn(name)).ToArray())
        {
            info.Environment.Remove(name);
        }

        info.Environment["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:{SystemPath}";
        info.Environment["LC_ALL"] = "C";
        return info;
    }

    // Some of these programs run as long as a machine does, and the caller's other variables would stay readable there,
    // tokens and passwords among them.
    private static bool IsPassedOn(string name) =>
        Passed.Contains(name)
            || PassedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static void Collect(StringBuilder errors, string? line, Action<string>? onErrorLine)
    {
        if (line is null)
        {
            return;
        }

        onErrorLine?.Invoke(line);
        lock (errors)
        {
            errors.AppendLine(line);
        }
    }

    private static void Feed(Process process, string? input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading; its exit code says why.
        }
    }
}
