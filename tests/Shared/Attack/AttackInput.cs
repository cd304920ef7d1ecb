namespace TfgridCompose.Tests.Shared.Attack;

/// <param name="Kind">How it was spoiled, for the table of outcomes.</param>
/// <param name="Bytes">What is given to the product.</param>
internal sealed record AttackInput(string Kind, byte[] Bytes);
