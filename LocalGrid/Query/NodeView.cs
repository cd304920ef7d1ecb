using System.Text.Json.Serialization;

namespace TfgridCompose.LocalGrid.Query;

/// <summary>A node as GridProxy writes it, with its mixed spellings (grid-proxy/pkg/types/nodes.go).</summary>
internal record NodeCore
{
    public required string Id { get; init; }

    public required int NodeId { get; init; }

    public required int FarmId { get; init; }

    public required string FarmName { get; init; }

    public required int TwinId { get; init; }

    public required string Country { get; init; }

    public required string City { get; init; }

    public int GridVersion => 3;

    public long Uptime { get; init; }

    public long Created => 1700000000;

    public int FarmingPolicyId => 1;

    public long UpdatedAt { get; init; }

    public required LocationView Location { get; init; }

    public PublicConfigView PublicConfig { get; init; } = new();

    public string Status => "up";

    public string CertificationType => "Certified";

    public bool Dedicated { get; init; }

    public bool InDedicatedFarm => false;

    public int RentContractId => 0;

    public bool Rented => false;

    public bool Rentable { get; init; }

    public int RentedByTwinId => 0;

    public string SerialNumber => "";

    public PowerView Power => new("Up", "Up");

    [JsonPropertyName("num_gpu")]
    public int GpuCount => 0;

    public int ExtraFee => 0;

    public bool Healthy { get; init; }

    public DmiView Dmi => new();

    public SpeedView Speed => new(1_000_000_000, 1_000_000_000);

    public string[] Gpus => [];

    [JsonPropertyName("price_usd")]
    public double PriceUsd => 0;

    [JsonPropertyName("farm_free_ips")]
    public int FarmFreeIps { get; init; }

    public string[] Features => NodeViews.Features;
}

/// <summary>In a list, resources are members of the node.</summary>
internal sealed record NodeView : NodeCore
{
    [JsonPropertyName("total_resources")]
    public required ResourcesView Total { get; init; }

    [JsonPropertyName("used_resources")]
    public required ResourcesView Used { get; init; }
}

/// <summary>Alone, resources are nested in its capacity.</summary>
internal sealed record NodeDetails : NodeCore
{
    public required CapacityView Capacity { get; init; }
}

internal sealed record CapacityView(
    [property: JsonPropertyName("total_resources")] ResourcesView Total,
    [property: JsonPropertyName("used_resources")] ResourcesView Used);

internal sealed record ResourcesView(long Cru, long Sru, long Hru, long Mru);

internal sealed record LocationView(string Country, string City, double? Longitude, double? Latitude);

internal sealed record PublicConfigView
{
    public string Domain => "";

    public string Gw4 { get; init; } = "";

    public string Gw6 => "";

    public string Ipv4 { get; init; } = "";

    public string Ipv6 => "";
}

internal sealed record PowerView(string State, string Target);

internal sealed record SpeedView(long Upload, long Download);

internal sealed record BiosView(string Vendor, string Version);

internal sealed record BaseboardView(string Manufacturer, [property: JsonPropertyName("product_name")] string ProductName);

internal sealed record DmiView
{
    public BiosView Bios => new("", "");

    public BaseboardView Baseboard => new("", "");

    public string[] Processor => [];

    public string[] Memory => [];
}

internal sealed record PingView(string Ping);

internal sealed record ErrorView(string Error);

internal sealed record TwinView(int TwinId, string AccountId, string Relay, string PublicKey);
