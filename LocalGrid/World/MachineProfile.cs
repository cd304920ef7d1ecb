using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.World;

/// <summary>What a new machine is like. It is chosen when the machine is made, and stays with it.</summary>
internal static class MachineProfile
{
    /// <summary>Ready for work, and quick to set up.</summary>
    public const string Usual = "usual";

    /// <summary>As awkward as machines of the real grid can be.</summary>
    public const string Harsh = "harsh";

    /// <summary>The environment variable that chooses it, for whoever makes machines.</summary>
    public const string Variable = "TFGRID_LOCALGRID_PROFILE";

    public static bool IsKnown(string? profile) => profile is Usual or Harsh;

    /// <summary>What the environment says; usual if it says nothing.</summary>
    public static string Chosen(Func<string, string?> environment)
    {
        string chosen = environment(Variable) is { Length: > 0 } given ? given : Usual;
        return IsKnown(chosen)
            ? chosen
            : throw new GridException("Unknown profile", $"{Variable} is \"{Words.Shown(chosen)}\"; it can be {Usual} or {Harsh}");
    }
}
