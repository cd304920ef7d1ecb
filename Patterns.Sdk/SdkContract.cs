namespace TfgridCompose.Patterns.Sdk;

/// <summary>The version of the pattern contract that this assembly defines.</summary>
public static class SdkContract
{
    /// <summary>A host loads only plugins with its own major version, and with a minor version up to its own.</summary>
    public const int Major = 1;

    /// <summary>Raised when members are added.</summary>
    public const int Minor = 1;

    /// <summary><c>major.minor</c>, as in a plugin's descriptor.</summary>
    public static string Version => $"{Major}.{Minor}";
}
