namespace TfgridCompose.Core.Plugins.Descriptors;

/// <summary>How a pattern is implemented.</summary>
public enum PatternKind
{
    /// <summary>A .NET assembly with a <c>plugin.json</c>.</summary>
    Assembly,

    /// <summary>A <c>pattern.yaml</c> beside Terraform and Ansible files.</summary>
    Folder,
}
