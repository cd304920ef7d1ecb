namespace TfgridCompose.Patterns.Sdk;

/// <summary>The version of the pattern contract that this assembly defines.</summary>
public static class SdkContract
{
    /// <summary>A host of another major refuses a plugin; a host loads plugins whose minor is not above its own.</summary>
    public const int Major = 1;

    /// <summary>Raised when members are added. A plugin built with a later minor than the host's is refused.</summary>
    public const int Minor = 1;

    /// <summary><c>major.minor</c>, as it stands in a plugin's descriptor.</summary>
    public static string Version => $"{Major}.{Minor}";
}
