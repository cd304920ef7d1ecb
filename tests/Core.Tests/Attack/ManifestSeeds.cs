using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>Manifests in both spellings of the field, for both patterns.</summary>
internal static class ManifestSeeds
{
    public static readonly string[] Yaml =
    [
        """
        name: shop
        version: 1.2.0
        description: A shop with a database
        pattern: {name: single-vm, version: ">=1.0"}
        config:
          cpu: 2
          memory: 8G
          disk: 50GB
          node: 8
          packages: [curl, jq]
        network: {provision: "wireguard, mycelium, ipv4", prefer: [ipv4, mycelium], main: wireguard}
        resources:
          ports: ["8080:http", {port: 443, name: https}]
        hooks:
          setup: deployment/setup.sh
          configure: deployment/configure.sh
          healthcheck: deployment/healthcheck.sh
        environment:
          - name: DOMAIN
            description: Where the shop answers
            default: shop.example.org
          - {name: TOKEN, secret: true, required: false}
          - {name: MODE, options: [fast, safe], default: safe, depends_on: {DOMAIN: [shop.example.org]}}
        status: {method: http, endpoint: /health, endpoints: [{path: /y, port: 8080, expected_status: 204}]}
        logging: {service: shop.service}
        commands:
          backup: {script: deployment/configure.sh, description: saves all, interactive: true}
        ssh_keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0 ann@laptop"]
        grid: local
        env_file: values.env
        """,
        """
        name: wiki
        version: "2.0"
        patterns: {recommended: gateway, supported: [gateway, single-vm]}
        gateway:
          domains: [www.example.org, example.org]
          proxy: haproxy
          balance: roundrobin
          ssl: {enabled: true, email: you@example.org, staging: true}
        backend:
          count: 2
          services:
            - {name: web, port: 8080, health_check: /health}
            - {name: api, port: 9000, path: /api, health_check: /health}
        resources:
          gateway: {cpu: 1, memory: 512, disk: 5}
          backend: {cpu: 2, memory: 1024, disk: 10}
        deploy: {strategy: rolling}
        logging: {location: /var/log/wiki.log}
        state:
          backend: s3
          config: {bucket: states, region: eu-west-1}
        """,
        """
        name: tool
        patterns:
          recommended: single-vm
        resources:
          cpu: {minimum: 1, recommended: 2}
          memory: {minimum: 512, recommended: 1024}
          disk: {minimum: 5, recommended: 10}
        nodes: {vm: 8}
        network: {provision: wireguard, public_ipv4: false}
        base: &base {a: 1}
        more: {<<: *base}
        """,
        """
        name: own
        pattern: ./pattern
        config: {memory: 512, title: "A page"}
        hooks: {setup: deployment/setup.sh}
        state: {backend: http, config: {address: "https://git.lan/state/"}}
        """,
    ];

    /// <summary>The same as JSON, which is YAML too: its values can be changed one by one.</summary>
    public static IReadOnlyList<string> Json { get; } = [.. Yaml.Select(AsJson)];

    private static string AsJson(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Node(stream.Documents[0].RootNode)!.ToJsonString();
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(pair.Key.ToString(), Node(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } when IsLiteral(text) => JsonNode.Parse(text),
        _ => JsonSerializer.SerializeToNode(node.ToString()),
    };

    private static bool IsLiteral(string text) =>
        text is "true" or "false" || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
