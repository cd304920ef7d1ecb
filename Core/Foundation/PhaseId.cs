namespace TfgridCompose.Core.Foundation;

/// <summary>The eight phases of <c>up</c>, in order.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<PhaseId>))]
public enum PhaseId
{
    Validate,
    Infrastructure,
    Network,
    Wait,
    Platform,
    Application,
    Verify,
    Finalize,
}

public static class PhaseIds
{
    /// <summary>The word that people, journals and scripts see.</summary>
    public static string Word(this PhaseId phase) => phase.ToString().ToLowerInvariant();
}
