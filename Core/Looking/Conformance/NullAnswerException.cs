namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>A pattern's answer has a null where the contract forbids it.</summary>
/// <param name="place">Where in the answer: <c>Topology.Hosts[0].Name</c>.</param>
internal sealed class NullAnswerException(string place)
    : Exception($"the pattern returned null where the contract forbids it: {place}");
