using System.Diagnostics;

namespace TfgridCompose.Architecture.Tests;

/// <summary>
/// The quick verbs of the published product: <c>patterns list</c> and <c>ps</c> beside an empty program, <c>ps</c> with
/// many deployments beside one.
/// </summary>
[Category("Slow")]
[Category("Alone")]
public sealed class StartUpTests
{
    private const int Rounds = 31;
    private const int Series = 3;
    private const double Limit = 1.8;
    private const double LimitOfMany = 2.0;

    private readonly string _folder = Directory.CreateTempSubdirectory("tfc-hello-").FullName;
    private string _product = "";
    private string _hello = "";

    [OneTimeSetUp]
    public void Build()
    {
        _product = Environment.GetEnvironmentVariable("TFGRID_COMPOSE_PRODUCT") is { Length: > 0 } given
            ? given
            : Repository.In("artifacts/tfgrid-compose/tfgrid-compose");
        if (!File.Exists(_product))
        {
            Assert.Ignore($"the product is not published at {_product}; ./test.sh does that first");
        }

        _hello = BuildHello();
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Patterns_list_takes_at_most_1_8_times_as_long_as_an_empty_program()
    {
        int builtIn = BuiltIn();
        var home = new ManyPlugins(Path.Combine(_folder, "few"), BuiltInFolders());
        home.Add(3 - builtIn, broken: 0);

        Assert.That(
            List(home).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Has.Length.EqualTo(1 + 3).And.None.Contains("not usable"));
        AssertRatio(Limit, home.Home, "3 plugins", "patterns", "list");
    }

    [Test]
    public void A_hundred_plugins_of_them_twenty_broken_take_at_most_twice_as_long_as_an_empty_program()
    {
        int builtIn = BuiltIn();
        var home = new ManyPlugins(Path.Combine(_folder, "many"), BuiltInFolders());
        IReadOnlyList<(string Name, string Code)> broken = home.Add(100 - builtIn, broken: 20);

        string[] lines = List(home).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines, Has.Length.EqualTo(1 + 100));
        Assert.That(
            lines.Where(line => line.Contains("not usable", StringComparison.Ordinal)).Select(line => (line.Split(' ')[0], line[^8..^1])),
            Is.EquivalentTo(broken));
        Assert.That(lines.Count(line => line.EndsWith(ManyPlugins.Description, StringComparison.Ordinal)), Is.EqualTo(100 - builtIn - 20));
        Assert.That(broken.Select(each => each.Code).Distinct().Count(), Is.GreaterThanOrEqualTo(6), "kinds of defects");
        AssertRatio(LimitOfMany, home.Home, "100 plugins", "patterns", "list");
    }

    [TestCase("ps")]
    [TestCase("ps", "--output", "json")]
    public void Ps_takes_at_most_1_8_times_as_long_as_an_empty_program(params string[] ps)
    {
        string home = ManyDeployments.Create(Path.Combine(_folder, $"ps-{ps.Length}"), 1);

        Assert.That(Repository.Run("env", [$"HOME={home}", _product, .. ps]).Output, Does.Contain("/apps/hello-0"));
        AssertRatio(Limit, home, "1 deployment", ps);
    }

    [TestCase("ps")]
    [TestCase("ps", "--output", "json")]
    public void Ps_with_ten_thousand_deployments_takes_at_most_twice_as_long_as_with_one(params string[] ps)
    {
        string one = ManyDeployments.Create(Path.Combine(_folder, "one"), 1);
        string many = ManyDeployments.Create(Path.Combine(_folder, "ten-thousand"), 10_000);
        double[] few = new double[Rounds];
        double[] all = new double[Rounds];
        for (int i = -1; i < Rounds; i++)
        {
            (
                few[Math.Max(i, 0)],
                all[Math.Max(i, 0)]) = (Milliseconds([$"HOME={one}", _product, .. ps]), Milliseconds([$"HOME={many}", _product, .. ps]));
        }

        (int code, string output) = Repository.Run("env", [$"HOME={many}", _product, .. ps]);
        Assert.That((code, output.Split("/apps/hello-").Length - 1), Is.EqualTo((0, 10_000)));
        double ratio = Median(all) / Median(few);
        string figures = FormattableString.Invariant(
            $"10000 deployments {Median(all):F0} ms, one {Median(few):F0} ms, ratio {ratio:F2} (medians of {Rounds})");
        TestContext.Out.WriteLine($"{string.Join(' ', ps)}: {figures}");
        Assert.That(ratio, Is.LessThanOrEqualTo(LimitOfMany));
    }

    private string[] BuiltInFolders() =>
        [.. Directory.GetDirectories(Path.Combine(Path.GetDirectoryName(_product)!, "plugins")).Order(StringComparer.Ordinal)];

    private int BuiltIn() => Directory.GetDirectories(Path.Combine(Path.GetDirectoryName(_product)!, "plugins")).Length;

    private string List(ManyPlugins home)
    {
        (int code, string output) = Repository.Run("env", [$"HOME={home.Home}", _product, "patterns", "list"]);
        Assert.That(code, Is.Zero, output);
        return output;
    }

    // Whatever else this computer does makes a series slower, never faster. So a limit that one of three series keeps is kept.
    private void AssertRatio(double limit, string home, string what, params string[] verb)
    {
        double ratio = double.MaxValue;
        for (int series = 0; series < Series && ratio > limit; series++)
        {
            ratio = Math.Min(ratio, Ratio(home, what, verb));
        }

        Assert.That(ratio, Is.LessThanOrEqualTo(limit));
    }

    private double Ratio(string home, string what, string[] verb)
    {
        double[] ours = new double[Rounds];
        double[] empty = new double[Rounds];
        for (int i = -1; i < Rounds; i++)
        {
            double own = Milliseconds([$"HOME={home}", _product, .. verb]);
            double hello = Milliseconds($"HOME={home}", "dotnet", _hello);
            (ours[Math.Max(i, 0)], empty[Math.Max(i, 0)]) = (own, hello);
        }

        double ratio = Median(ours) / Median(empty);
        string figures = FormattableString.Invariant(
            $"{Median(ours):F0} ms, dotnet hello.dll {Median(empty):F0} ms, ratio {ratio:F2} (medians of {Rounds})");
        TestContext.Out.WriteLine($"{string.Join(' ', verb)} with {what}: {figures}");
        return ratio;
    }

    private string BuildHello()
    {
        File.WriteAllText(Path.Combine(_folder, "hello.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), "return 0;\n");
        (
            int code,
            string output) = Repository.Run(
                "dotnet",
                [
                    "build",
                    Path.Combine(_folder, "hello.csproj"),
                    "--configuration",
                    "Release",
                    "--output",
                    Path.Combine(_folder, "out"),
                    "--verbosity",
                    "quiet",
                ]);
        Assert.That(code, Is.Zero, output);
        return Path.Combine(_folder, "out", "hello.dll");
    }

    // Both through a shell and env, so that their start counts for both. The output goes nowhere: this process would read
    // megabytes of it at the same time, on the same processors.
    private static double Milliseconds(params string[] command)
    {
        long started = Stopwatch.GetTimestamp();
        (int code, string output) = Repository.Run("sh", ["-c", "exec env \"$@\" >/dev/null", "sh", .. command]);
        double spent = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Assert.That(code, Is.Zero, output);
        return spent;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
