namespace TfgridCompose.Core.Foundation.Files;

/// <summary>There is a named pipe, a socket or a device where a file is expected.</summary>
public sealed class SpecialFileException(string path)
    : IOException($"'{path}' is a named pipe, a socket or a device, not a file.");
