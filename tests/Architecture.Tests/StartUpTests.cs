using System.Diagnostics;

namespace TfgridCompose.Architecture.Tests;

/// <summary><c>patterns list</c> of the published product beside an empty program.</summary>
[Category("Slow")]
public sealed class StartUpTests
{
    private const int Rounds = 15;
    private const double Limit = 2.0;

    private readonly string _folder = Directory.CreateTempSubdirectory("tfc-hello-").FullName;

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Patterns_list_starts_about_as_fast_as_an_empty_program()
    {
        string product = Environment.GetEnvironmentVariable("TFGRID_COMPOSE_PRODUCT") is { Length: > 0 } given
            ? given
            : Repository.In("artifacts/tfgrid-compose/tfgrid-compose");
        if (!File.Exists(product))
        {
            Assert.Ignore($"the product is not published at {product}; ./test.sh does that first");
        }

        string hello = BuildHello();
        double[] ours = new double[Rounds];
        double[] empty = new double[Rounds];
        _ = Milliseconds(product, "patterns", "list");
        _ = Milliseconds("dotnet", hello);
        for (int i = 0; i < Rounds; i++)
        {
            ours[i] = Milliseconds(product, "patterns", "list");
            empty[i] = Milliseconds("dotnet", hello);
        }

        double ratio = Median(ours) / Median(empty);
        TestContext.Out.WriteLine(FormattableString.Invariant($"patterns list {Median(ours):F0} ms, dotnet hello.dll {Median(empty):F0} ms, ratio {ratio:F2} (medians of {Rounds})"));
        Assert.That(ratio, Is.LessThanOrEqualTo(Limit));
    }

    private string BuildHello()
    {
        File.WriteAllText(Path.Combine(_folder, "hello.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), "return 0;\n");
        (int code, string output) = Repository.Run("dotnet", ["build", Path.Combine(_folder, "hello.csproj"), "--configuration", "Release", "--output", Path.Combine(_folder, "out"), "--verbosity", "quiet"]);
        Assert.That(code, Is.Zero, output);
        return Path.Combine(_folder, "out", "hello.dll");
    }

    private static double Milliseconds(string program, params string[] arguments)
    {
        long started = Stopwatch.GetTimestamp();
        (int code, string output) = Repository.Run(program, arguments);
        double spent = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Assert.That(code, Is.Zero, output);
        return spent;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
