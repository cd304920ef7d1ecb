namespace TfgridCompose.Core.Manifests;

/// <summary>
/// The keys common to all apps. <c>*</c> is any key, <c>[]</c> an item of a list, <c>**</c> everything below.
/// </summary>
public static class KnownKeys
{
    /// <summary>Keys that Core reads.</summary>
    public static IReadOnlyList<string> Effective { get; } =
    [
        "schema", "name", "version", "description", "grid", "env_file", "ssh_keys", "state.backend", "state.config.**",
        "pattern", "pattern.name", "pattern.path", "pattern.version", "pattern.package",
        "patterns.recommended", "patterns.supported",
        "hooks.setup", "hooks.configure", "hooks.healthcheck", "deploy.strategy",
        "resources.ports", "resources.ports[].port", "resources.ports[].name",
        "network.provision", "network.prefer", "network.public_ipv4", "network.main", "network.mode",
        "environment.*", "environment[].name", "environment[].default", "environment[].required", "environment[].secret",
        "environment[].description", "environment[].options", "environment[].depends_on.*",
        "environment.*.default", "environment.*.required", "environment.*.secret",
        "environment.*.description", "environment.*.options", "environment.*.depends_on.*",
        "commands.*.script", "commands.*.description", "commands.*.args", "commands.*.usage", "commands.*.interactive",
        "commands.*.allocate_tty", "commands.*.save_to_context", "commands.*.uses_context",
        "logging.service", "logging.location",
        "status.method", "status.service", "status.endpoint", "status.port", "status.path", "status.expected_status",
        "status.endpoints[].path", "status.endpoints[].port", "status.endpoints[].expected_status",
    ];

    /// <summary>Keys that existing apps use and that have no effect.</summary>
    public static IReadOnlyList<string> WithoutEffect { get; } =
    [
        "author", "license", "type", "complexity", "homepage", "repository", "maintainer", "icon", "tags",
        "documentation.**", "metadata.**",
        "dependencies.**", "requires.**", "variables.**", "hook_config.**", "infrastructure.**", "platform.**",
        "health_checks.**",
        "monitoring.**", "backup.**", "network.inter_node", "status.check_interval",
        "logging.method", "logging.driver", "logging.options.**",
        "resources.cpu.min", "resources.memory.min", "resources.disk.min",
        "resources.cpu.recommended", "resources.memory.recommended", "resources.disk.recommended",
    ];
}
