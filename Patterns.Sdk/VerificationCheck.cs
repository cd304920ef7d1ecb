namespace TfgridCompose.Patterns.Sdk;

/// <summary>Something that must answer before the deployment counts as running.</summary>
/// <param name="Host">The host's name.</param>
public abstract record VerificationCheck(string Host);

/// <summary>A login over SSH works.</summary>
public sealed record SshCheck(string Host) : VerificationCheck(Host);

/// <summary>A TCP port accepts a connection from this machine.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record TcpCheck(string Host, int Port) : VerificationCheck(Host);

/// <summary>An HTTP request from this machine gets the expected status.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Path">Path and query, with its leading slash.</param>
/// <param name="ExpectedStatus">The HTTP status that counts as good.</param>
public sealed record HttpCheck(string Host, int Port, string Path = "/", int ExpectedStatus = 200) : VerificationCheck(Host);

/// <summary>A command on the host exits with 0.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Command">Program and arguments; each is quoted.</param>
public sealed record CommandCheck(string Host, IReadOnlyList<string> Command) : VerificationCheck(Host);
