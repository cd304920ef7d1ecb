using System.Text.Json;

namespace TfgridCompose.Patterns.Sdk.Testing.Tests;

/// <summary>A small program that stands in for tfgrid-compose: it records its arguments and prints given texts.</summary>
internal sealed class StandInProgram : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tfc-kit-").FullName;

    public StandInProgram(string output, string errors = "", int exitCode = 0, string before = ":")
    {
        File.WriteAllText(Path.Combine(_root, "output"), output);
        File.WriteAllText(Path.Combine(_root, "errors"), errors);
        File.WriteAllText(FileName, $$"""
            #!/bin/sh
            cd {{_root}} || exit 99
            printf '%s\n' "$@" >arguments
            {{before}}
            cat errors >&2
            cat output
            exit {{exitCode}}

            """);
        File.SetUnixFileMode(FileName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string FileName => Path.Combine(_root, "tfgrid-compose");

    public string Folder => _root;

    public IReadOnlyList<string> Arguments => File.ReadAllLines(Path.Combine(_root, "arguments"));

    /// <summary>A report of one check.</summary>
    public static string Report(
        params (string Id, string Status, string Detail, string Remedy, string? Sample)[] checks) => JsonSerializer.Serialize(new
        {
            pattern = "mine",
            version = "1.0.0",
            path = "/mine",
            checks = checks.Select(check => new
            {
                id = check.Id,
                title = "",
                status = check.Status,
                detail = check.Detail,
                remedy = check.Remedy,
                seconds = 0.1,
                sample = check.Sample,
            }),
        });

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
