using TfgridCompose.LocalGrid.Schemas;

namespace TfgridCompose.LocalGrid.Provider;

internal static class NotSimulated
{
    public static GridDiagnostic Part(string what, params object[] path) => GridDiagnostic.Error(
        "Not simulated by the local grid",
        $"not simulated by the local grid yet: {what}; deploy on a paid grid with --grid main",
        path);

    public static GridDiagnostic Whole(string what) => Part(what);
}
