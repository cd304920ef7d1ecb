using Moq;
using Moq.Protected;

namespace TfgridCompose.Patterns.Sdk.Testing.Tests;

/// <summary>Fixtures as authors write them. They are created at run time, because NUnit would run a compiled class.</summary>
internal static class Kit
{
    public static PatternConformance Of(string? program, params (string Property, object Value)[] more)
    {
        var fixture = new Mock<PatternConformance> { CallBase = true };
        fixture.Protected().SetupGet<string>("Pattern").Returns("/built/mine");
        fixture.Protected().SetupGet<string?>("Program").Returns(program);
        foreach ((string property, object value) in more)
        {
            switch (value)
            {
                case bool flag:
                    fixture.Protected().SetupGet<bool>(property).Returns(flag);
                    break;
                case TimeSpan time:
                    fixture.Protected().SetupGet<TimeSpan>(property).Returns(time);
                    break;
                default:
                    fixture.Protected().SetupGet<IReadOnlyList<string>>(property).Returns((IReadOnlyList<string>)value);
                    break;
            }
        }

        return fixture.Object;
    }
}
