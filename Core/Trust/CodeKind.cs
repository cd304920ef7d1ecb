namespace TfgridCompose.Core.Trust;

/// <summary>The ways in which an app gets its code, or its data, to act on the user's computer.</summary>
public enum CodeKind
{
    /// <summary>The app's own playbook, which Ansible runs here.</summary>
    Playbook,

    /// <summary>A pattern that the manifest names by its folder: Terraform and Ansible run its files here, or it is an assembly.</summary>
    Pattern,

    /// <summary>
    /// A state backend that the manifest names. It gets the deployment's state and secrets, and is trusted: the record there
    /// holds files that Terraform and Ansible run.
    /// </summary>
    State,
}
