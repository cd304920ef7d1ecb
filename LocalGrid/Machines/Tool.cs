using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>Runs one external program to its end. Arguments are lists; what is secret goes to its stdin.</summary>
internal static class Tool
{
    private const int NotFound = 127;

    public static ToolResult Run(IReadOnlyList<string> command, string? input = null)
    {
        var result = Try(command, input);
        return result.ExitCode == 0 ? result : throw new GridException(
            "A command of the local grid failed",
            $"`{string.Join(' ', command)}` ended with exit code {result.ExitCode}\n{result.LastErrors}");
    }

    public static ToolResult Try(IReadOnlyList<string> command, string? input = null, Action<string>? onErrorLine = null)
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
        Feed(process, input);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        lock (errors)
        {
            return new ToolResult(command, process.ExitCode, output, errors.ToString());
        }
    }

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> command)
    {
        var info = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in command.Skip(1))
        {
            info.ArgumentList.Add(argument);
        }

        // Terraform may have been started without the system directories in its PATH.
        info.Environment["PATH"] =
            $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        info.Environment["LC_ALL"] = "C";
        return info;
    }

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
