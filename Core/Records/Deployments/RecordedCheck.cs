using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>
/// A check that passed when the deployment was verified, kept so that <c>status</c> can repeat it without the pattern.
/// </summary>
public sealed record RecordedCheck
{
    /// <summary>ssh, tcp, http or command.</summary>
    public required string Kind { get; init; }

    public required string Host { get; init; }

    /// <summary>For tcp and http.</summary>
    public int Port { get; set; }

    /// <summary>For http, with its leading slash.</summary>
    public string? Path { get; init; }

    /// <summary>For http: the expected status.</summary>
    public int Status { get; set; }

    /// <summary>For command: program and arguments.</summary>
    public IReadOnlyList<string> Command { get; set; } = [];

    /// <summary>Null for a kind of check from a newer pattern contract.</summary>
    public static RecordedCheck? Of(VerificationCheck check) => check switch
    {
        SshCheck => new() { Kind = "ssh", Host = check.Host },
        TcpCheck tcp => new() { Kind = "tcp", Host = check.Host, Port = tcp.Port },
        HttpCheck http =>
            new()
            {
                Kind = "http",
                Host = check.Host,
                Port = http.Port,
                Path = http.Path,
                Status = http.ExpectedStatus,
            },
        CommandCheck command => new() { Kind = "command", Host = check.Host, Command = command.Command },
        _ => null,
    };

    /// <summary>Null for a kind that this version does not know.</summary>
    public VerificationCheck? ToCheck() => Kind switch
    {
        "ssh" => new SshCheck(Host),
        "tcp" => new TcpCheck(Host, Port),
        "http" => new HttpCheck(Host, Port, Path ?? "/", Status),
        "command" => new CommandCheck(Host, Command),
        _ => null,
    };
}
