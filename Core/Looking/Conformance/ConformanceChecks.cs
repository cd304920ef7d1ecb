namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>Every check, in the order in which they run.</summary>
public static class ConformanceChecks
{
    public static ConformanceCheck Metadata { get; } = new(
        "metadata", "it loads, has a name, a version and a description, and matches its descriptor");

    public static ConformanceCheck Options { get; } = new(
        "options",
        "options, roles, outputs and commands are described, defaults are valid, the README names every option");

    public static ConformanceCheck Topology { get; } = new(
        "topology",
        "machines have valid names, declared roles and sizes that the grid offers; "
            + "the same request gives the same result");

    public static ConformanceCheck Variables { get; } = new(
        "variables", "the values fit the Terraform variables; the same request gives the same result");

    public static ConformanceCheck Terraform { get; } = new(
        "terraform", "Terraform accepts the files; one provider, no mnemonic, the contract's outputs");

    public static ConformanceCheck Playbook { get; } = new("playbook", "Ansible accepts the playbook");

    public static ConformanceCheck Apply { get; } = new(
        "apply", "`up` on the local grid succeeds, and its outputs fulfil the contract");

    public static ConformanceCheck Inventory { get; } = new(
        "inventory", "Ansible reads the inventory, and every machine is in a group of it");

    public static ConformanceCheck Idempotence { get; } = new(
        "idempotence", "a second run of the playbook changes nothing, and a second `up` has nothing to do");

    public static ConformanceCheck Down { get; } = new(
        "down", "`down` leaves no contract, machine, interface, route or file");

    public static IReadOnlyList<ConformanceCheck> All { get; } =
        [Metadata, Options, Topology, Variables, Terraform, Playbook, Apply, Inventory, Idempotence, Down];
}
