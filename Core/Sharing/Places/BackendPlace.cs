using System.Text.Json.Nodes;

namespace TfgridCompose.Core.Sharing.Places;

/// <summary>
/// Where one deployment's states are kept: a backend with every argument that it needs besides credentials.
/// </summary>
/// <param name="Kind">Terraform's word for the backend.</param>
/// <param name="Infrastructure">The arguments for Terraform's own state.</param>
/// <param name="Record">The arguments for the deployment's record, a second small state beside it.</param>
/// <param name="Location">One line that says where, for people and to tell two places apart; without
/// credentials.</param>
/// <param name="RemoveCommand">What removes both states there, for people.</param>
public sealed record BackendPlace(
    string Kind, JsonObject Infrastructure, JsonObject Record, string Location, string RemoveCommand);
