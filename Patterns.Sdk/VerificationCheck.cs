namespace TfgridCompose.Patterns.Sdk;

/// <summary>A check that must pass before the deployment counts as running.</summary>
/// <param name="Host">The host's name.</param>
public abstract record VerificationCheck(string Host);

/// <summary>Passes when a login over SSH works.</summary>
public sealed record SshCheck(string Host) : VerificationCheck(Host);

/// <summary>Passes when a TCP port accepts a connection from the user's machine.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record TcpCheck(string Host, int Port) : VerificationCheck(Host);

/// <summary>Passes when an HTTP request from the user's machine gets the expected status.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Path">Path and query, with a leading slash.</param>
/// <param name="ExpectedStatus">The expected HTTP status.</param>
public sealed record HttpCheck(
    string Host, int Port, string Path = "/", int ExpectedStatus = 200) : VerificationCheck(Host);

/// <summary>Passes when a command on the host exits with 0.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Command">Program and arguments; each is quoted.</param>
public sealed record CommandCheck(string Host, IReadOnlyList<string> Command) : VerificationCheck(Host);
