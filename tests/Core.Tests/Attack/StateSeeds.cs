namespace TfgridCompose.Core.Tests.Attack;

/// <summary>What Terraform writes, in its formats.</summary>
internal static class StateSeeds
{
    public const string Secret = "c2VjcmV0LXdpcmVndWFyZC1rZXk";

    public static readonly string[] States =
    [
        $$"""
        {
          "version": 4, "terraform_version": "1.9.0", "serial": 7, "lineage": "6a1d2c5e-0000-0000-0000-000000000001",
          "outputs": {"primary_ip": {"value": "10.42.2.2", "type": "string"} },
          "resources": [
            {"mode": "managed", "type": "grid_network", "name": "net", "provider": "provider[\"registry.terraform.io/threefoldtech/grid\"]",
             "instances": [{"schema_version": 0, "attributes": {"id": "5a", "solution_type": "tfc/abc123xyz", "ip_range": "10.42.0.0/16",
              "node_deployment_id": {"8": 12344}, "external_sk": "{{Secret}}", "nodes": [8]} }]},
            {"module": "module.x", "mode": "managed", "type": "grid_deployment", "name": "vm",
             "instances": [{"index_key": "a", "attributes": {"id": "12345", "node": 8, "solution_type": "tfc/abc123xyz",
              "vms": [{"name": "vm", "ip": "10.42.2.2", "mycelium_ip": "400::1", "computedip": "203.0.113.5/24", "cpu": 1}], "disks": [{"name": "data", "size": 5}]} },
              {"index_key": 1, "attributes": {"id": "12346", "node": 9, "name_contract_id": 12347} }]},
            {"mode": "data", "type": "grid_node", "name": "x", "instances": []}
          ],
          "check_results": null
        }
        """,
        """{"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "6a1d2c5e-0000-0000-0000-000000000001", "outputs": {}, "resources": []}""",
        """{"serial": 3, "lineage": "6a1d2c5e-0000-0000-0000-000000000001", "meta": {"key_provider.pbkdf2.x": "e30="}, "encrypted_data": "AAAA", "encryption_version": "v0"}""",
    ];

    public static readonly string[] Plans =
    [
        $$"""
        {
          "format_version": "1.2", "terraform_version": "1.9.0",
          "output_changes": {"primary_ip": {"actions": ["update"], "before": "10.42.2.2", "after_unknown": true} },
          "resource_drift": [{"address": "grid_deployment.vm", "mode": "managed", "type": "grid_deployment",
            "change": {"actions": ["delete"], "before": {"vms": [{"name": "vm", "ip": "10.42.2.2"}]}, "after": null} }],
          "resource_changes": [
            {"address": "grid_deployment.vm", "mode": "managed", "type": "grid_deployment", "name": "vm",
             "change": {"actions": ["delete", "create"], "before": {"node": 8, "vms": [{"name": "vm", "ip": "10.42.2.2", "memory": 512,
              "env_vars": {"SSH_KEY": "x"} }], "disks": [{"name": "data", "size": 5}]},
              "after": {"node": 9, "vms": [{"name": "vm", "memory": 1024}], "disks": []}, "after_unknown": {"id": true, "vms": [{"ip": true}]},
              "before_sensitive": {"vms": [{}]}, "after_sensitive": {"vms": [{}]} } },
            {"address": "grid_network.net", "mode": "managed", "type": "grid_network", "name": "net",
             "change": {"actions": ["update"], "before": {"nodes": [8], "external_sk": "{{Secret}}"}, "after": {"nodes": [8, 9], "external_sk": "{{Secret}}x"},
              "after_unknown": {}, "before_sensitive": {}, "after_sensitive": {} } },
            {"address": "data.grid_node.x", "mode": "data", "change": {"actions": ["read"]} }
          ]
        }
        """,
    ];

    public static readonly string[] Messages =
    [
        """{"@level":"info","@message":"vm: Creating...","type":"apply_start","hook":{"resource":{"addr":"grid_deployment.vm"},"action":"create"}}""",
        """{"@level":"error","@message":"Error","type":"diagnostic","diagnostic":{"severity":"error","summary":"Error acquiring the state lock","detail":"Lock Info:\n  ID:        5a\n  Who:       ann@laptop\n  Created:   2026-01-02 03:04:05.6 +0000 UTC\n  Operation: apply","address":"grid_deployment.vm","range":{"filename":"main.tf","start":{"line":3,"column":1,"byte":5},"end":{"line":3}}}}""",
        """{"@level":"info","type":"outputs","outputs":{"primary_ip":{"action":"update","sensitive":false},"x":{"action":"noop"}}}""",
        """{"@level":"info","type":"resource_drift","change":{"resource":{"addr":"grid_deployment.vm"},"action":"delete"}}""",
        """{"@level":"info","type":"planned_change","change":{"resource":{"addr":"grid_deployment.vm"},"action":"create"}}""",
    ];
}
