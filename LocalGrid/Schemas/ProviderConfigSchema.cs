using static TfgridCompose.LocalGrid.Schemas.SchemaWords;

namespace TfgridCompose.LocalGrid.Schemas;

/// <summary>
/// The provider block. The real provider requires a mnemonic and a network (each with a default from the environment,
/// which the Go SDK serves as optional); the local grid needs no mnemonic, and never looks at one.
/// </summary>
internal static class ProviderConfigSchema
{
    public static readonly BlockSchema Block = BlockSchema.Of(
        [
            Text("mnemonic", Optional) with { Sensitive = true },
            Text("key_type", Optional, check: ValueChecks.OneOf("ed25519", "sr25519")),
            Text("network", Optional, check: ValueChecks.OneOf("dev", "qa", "test", "main")),
            Text("substrate_url", Optional, check: ValueChecks.Url("wss")),
            Text("relay_url", Optional, check: ValueChecks.Url("wss")),
            Text("proxy_url", Optional, check: ValueChecks.Url("https")),
            Number("rmb_timeout", Optional),
        ]);

    /// <summary>What the real provider uses for a value that is not configured: a variable, then a default.</summary>
    public static readonly (string Attribute, string Variable, string? Fallback)[] Environment =
    [
        ("key_type", "KEY_TYPE", "sr25519"),
        ("network", "NETWORK", "dev"),
        ("substrate_url", "SUBSTRATE_URL", null),
        ("relay_url", "RELAY_URL", null),
        ("proxy_url", "PROXY_URL", null),
        ("rmb_timeout", "RMB_TIMEOUT", "10"),
    ];
}
