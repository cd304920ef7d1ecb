namespace TfgridCompose.Patterns.Gateway;

/// <summary>What the gateway does.</summary>
internal static class GatewayMode
{
    public const string Proxy = "proxy";
    public const string Nat = "nat";
}

/// <summary>The programs that can be the proxy.</summary>
internal static class ProxyProgram
{
    public const string Haproxy = "haproxy";
    public const string Nginx = "nginx";
}

/// <summary>How requests are distributed, in HAProxy's words.</summary>
internal static class Balancing
{
    public const string RoundRobin = "roundrobin";
    public const string LeastConnections = "leastconn";
    public const string Source = "source";
}

/// <summary>The protocol of a service.</summary>
internal static class ServiceType
{
    public const string Http = "http";
    public const string Tcp = "tcp";
}

/// <summary>The roles of the machines.</summary>
internal static class Role
{
    public const string Gateway = "gateway";
    public const string Backend = "backend";
}
