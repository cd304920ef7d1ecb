using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Records;

/// <summary>The environment of a run: tools, clock, events, the user's folders and variables.</summary>
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

    /// <summary>The folders that are searched for plugins, the built-in ones first.</summary>
    public required IReadOnlyList<PluginRoot> PluginRoots { get; init; }

    /// <summary>This program, to start it again in a separate process.</summary>
    public required OwnProgram Self { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public AddressRanges Ranges { get; init; } = AddressRanges.OfThisMachine();

    /// <summary>How long to wait for a paid grid's answers to settle.</summary>
    public GridPatience GridPatience { get; init; } = GridPatience.Default;

    /// <summary>The folder of WireGuard's configurations.</summary>
    public string WireguardFolder { get; init; } = DefaultWireguardFolder;

    public Dial Dial { get; init; } = Dial.Direct;

    public bool IsRoot { get; init; } = Privilege.IsRoot;

    public TfgridHome Home => Store.Home;

    public string? Path => Environment.GetValueOrDefault("PATH");

    public string UserHome => Foundation.Files.UserHome.Of(Environment.GetValueOrDefault);

    public string User => Environment.GetValueOrDefault("SUDO_USER") ?? System.Environment.UserName;
}
