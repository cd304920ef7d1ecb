namespace TfgridCompose.Core.Manifests;

/// <summary>
/// Names that mean something to Ansible. As a variable of a playbook, such a name could change where and how Ansible runs:
/// <c>ansible_connection=local</c> lets every task run on the user's computer.
/// </summary>
public static class AnsibleName
{
    // Connections, privileges, interpreters, facts: https://docs.ansible.com/ansible/latest/reference_appendices/special_variables.html.
    // With an underscore in front, it is internal; with two, it marks a value's type in JSON.
    private const string Prefix = "ansible_";

    // The special variables without that prefix, and what Ansible's templates call.
    private static readonly string[] Special =
    [
        "group_names", "groups", "hostvars", "inventory_dir", "inventory_file", "inventory_hostname", "inventory_hostname_short", "item",
        "lookup", "now", "omit", "play_hosts", "playbook_dir", "q", "query", "role_name", "role_names", "role_path", "role_uuid",
        "roles_path", "undef", "ungrouped",
    ];

    // https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_variables.html: neither Ansible's keywords nor Python's are
    // valid names of variables. These are Ansible's, from its vars/reserved.py.
    private static readonly string[] Keywords =
    [
        "action", "always", "any_errors_fatal", "args", "async", "async_val", "become", "become_exe", "become_flags", "become_method",
        "become_user", "block", "changed_when", "check_mode", "collections", "connection", "debugger", "delay", "delegate_facts",
        "delegate_to", "diff", "environment", "fact_path", "failed_when", "force_handlers", "gather_facts", "gather_subset",
        "gather_timeout", "handlers", "hosts", "ignore_errors", "ignore_unreachable", "local_action", "loop", "loop_control", "loop_with",
        "max_fail_percentage", "module_defaults", "name", "no_log", "notify", "order", "poll", "port", "post_tasks", "pre_tasks",
        "register", "remote_user", "rescue", "retries", "roles", "run_once", "serial", "strategy", "tags", "tasks", "throttle", "timeout",
        "until", "vars", "vars_files", "vars_prompt", "when", "with_",
    ];

    private static readonly string[] OfPython =
    [
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
        "except", "false", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "none", "nonlocal", "not", "or",
        "pass", "raise", "return", "true", "try", "while", "with", "yield",
    ];

    private static readonly HashSet<string> All = [.. Special, .. Keywords, .. OfPython];

    /// <summary>Whether a playbook cannot have a variable of this name.</summary>
    public static bool IsTaken(string name) =>
        All.Contains(name) || name.TrimStart('_').StartsWith(Prefix, StringComparison.Ordinal);
}
