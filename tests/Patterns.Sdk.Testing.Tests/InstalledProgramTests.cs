namespace TfgridCompose.Patterns.Sdk.Testing.Tests;

public sealed class InstalledProgramTests
{
    private string _root = "";

    [SetUp]
    public void Create() => _root = Directory.CreateTempSubdirectory("tfc-kit-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_root, recursive: true);

    [Test]
    public void The_variable_takes_precedence_over_the_path_and_the_path_over_the_tools()
    {
        string onPath = Add("bin");
        string tool = Add("home/.dotnet/tools");

        Assert.That(Find("/given/tfgrid-compose", "bin"), Is.EqualTo("/given/tfgrid-compose"));
        Assert.That(Find(null, "empty", "bin"), Is.EqualTo(onPath));
        Assert.That(Find("", "empty"), Is.EqualTo(tool));
        File.Delete(tool);
        Assert.That(Find(null, "empty"), Is.Null);
    }

    private string? Find(string? given, params string[] folders) => InstalledProgram.Find(name => name switch
    {
        "TFGRID_COMPOSE" => given,
        "PATH" => string.Join(Path.PathSeparator, folders.Select(folder => Path.Combine(_root, folder))),
        _ => Path.Combine(_root, "home"),
    });

    private string Add(string folder)
    {
        string file = Path.Combine(_root, folder, "tfgrid-compose");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        return file;
    }
}
