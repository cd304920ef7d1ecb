namespace TfgridCompose.Core.Tools.Contracts;

/// <summary>Whether a contract still exists.</summary>
public enum ContractEnd
{
    /// <summary>It is live, or will be again when the wallet is filled.</summary>
    Live,

    /// <summary>It was cancelled, or ended by the grid.</summary>
    Ended,

    /// <summary>The grid does not know its number: it is new, or the index has lost it.</summary>
    Unlisted,
}
