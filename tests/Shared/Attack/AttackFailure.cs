namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>A rule was broken by an input that the product accepted.</summary>
internal sealed class AttackFailure(string rule) : Exception(rule)
{
    public static void Unless(bool holds, string rule)
    {
        if (!holds)
        {
            throw new AttackFailure(rule);
        }
    }
}
