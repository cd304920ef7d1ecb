using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Records;

/// <summary>What every phase works with: tools, clock, events, the user's folders and environment.</summary>
public sealed record Surroundings
{
    /// <summary>Where wg-quick reads its configurations.</summary>
    public const string DefaultWireguardFolder = "/etc/wireguard";

    public required IToolRunner Runner { get; init; }

    public required IEventSink Events { get; init; }

    public required SecretMask Mask { get; init; }

    public required DeploymentStore Store { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string CurrentFolder { get; init; }

    /// <summary>The local grid's executable.</summary>
    public required string LocalGridPath { get; init; }

    /// <summary>Where the host looks for patterns, the built-in ones first.</summary>
    public required IReadOnlyList<PluginRoot> PluginRoots { get; init; }

    /// <summary>This program, for what runs in a process of its own.</summary>
    public required OwnProgram Self { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public AddressRanges Ranges { get; init; } = AddressRanges.OfThisMachine();

    /// <summary>How long a paid grid's answers are waited for.</summary>
    public GridPatience GridPatience { get; init; } = GridPatience.Default;

    /// <summary>Where WireGuard's configurations are looked for.</summary>
    public string WireguardFolder { get; init; } = DefaultWireguardFolder;

    public bool IsRoot { get; init; } = Privilege.IsRoot;

    public TfgridHome Home => Store.Home;

    public string? Path => Environment.GetValueOrDefault("PATH");

    public string UserHome => Environment.GetValueOrDefault("HOME") ?? "/";

    public string User => Environment.GetValueOrDefault("SUDO_USER") ?? System.Environment.UserName;
}
