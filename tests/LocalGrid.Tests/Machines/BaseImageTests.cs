using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Machines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BaseImageTests : IDisposable
{
    private readonly List<string> _progress = [];
    private readonly FakeComputer _computer = new();

    private BaseImage Image => new(_computer.Paths, _computer.Computer);

    public void Dispose() => _computer.Dispose();

    [Test]
    public void An_image_is_built_once_and_its_progress_is_reported()
    {
        _computer.Tools.Answer("mmdebstrap", errors: "I: installing packages...\nW: something else\n");
        _computer.MakeFolder($"/grid/images/{ImageRecipe.Of(_computer.Computer, MachineProfile.Usual).Hash}.tmp");
        _computer.Tools.Answer(
            "mmdebstrap --mode=root",
            () => _computer.Write(Path.Combine(Image.Current(MachineProfile.Usual)[_computer.Root.Length..] + ".tmp", "etc"), ""));

        (string path, bool built) = Image.Ensure(MachineProfile.Usual, _progress.Add);
        (string again, bool builtAgain) = Image.Ensure(MachineProfile.Usual, _progress.Add);

        Assert.That((path, built), Is.EqualTo((Image.Current(MachineProfile.Usual), true)));
        Assert.That((again, builtAgain), Is.EqualTo((Image.Current(MachineProfile.Usual), false)));
        Assert.That(Path.Combine(path, "etc"), Does.Exist);
        Assert.That(_computer.Tools.Calls, Has.Count.EqualTo(1));
        Assert.That(_progress, Is.EqualTo(new[] { "building the base image (bookworm); this happens once and takes about half a minute" }));
    }

    [Test]
    public void A_harsh_image_is_another_one_beside_it()
    {
        Image.Ensure(MachineProfile.Usual, _progress.Add);

        (string path, bool built) = Image.Ensure(MachineProfile.Harsh, _progress.Add);

        Assert.That((path, built), Is.EqualTo((Image.Current(MachineProfile.Harsh), true)));
        Assert.That(Directory.GetDirectories(_computer.Paths.Images), Has.Length.EqualTo(2));
        Assert.That(_progress.Last(), Does.StartWith("building the base image (bookworm, harsh); "));
    }

    [Test]
    public void What_mmdebstrap_says_for_people_is_passed_on()
    {
        _computer.Tools.Answer("mmdebstrap", exitCode: 25, errors: "I: installing packages...\nW: a warning\nE: no mirror\n");

        Assert.That(
            () => Image.Ensure(MachineProfile.Usual, _progress.Add),
            Throws.TypeOf<GridException>().With.Message.EqualTo(
                "mmdebstrap ended with exit code 25\nI: installing packages...\nW: a warning\nE: no mirror"));
        Assert.That(_progress.Skip(1), Is.EqualTo(new[] { "installing packages" }));
        Assert.That(Directory.GetFileSystemEntries(_computer.Paths.Images), Is.Empty);
    }

    [Test]
    public void Half_made_images_are_removed_before_a_new_one_is_built()
    {
        _computer.Write("/grid/images/0123.tmp/etc/file", "");
        _computer.MakeFolder("/grid/images/older");

        Image.Ensure(MachineProfile.Usual, _progress.Add);

        Assert.That(
            Directory.GetDirectories(_computer.Paths.Images),
            Is.EquivalentTo(new[] { Image.Current(MachineProfile.Usual), _computer.In("/grid/images/older") }));
    }

    [Test]
    public void Who_builds_it_meanwhile_is_waited_for()
    {
        _computer.MakeFolder("/grid/images");
        var held = FileLock.Take(_computer.Paths.ImageLock, TimeSpan.Zero, _computer.Clock);

        (_, bool built) = Image.Ensure(MachineProfile.Usual, message =>
        {
            _progress.Add(message);
            Directory.CreateDirectory(Image.Current(MachineProfile.Usual));
            held.Dispose();
        });

        Assert.That(built, Is.False);
        Assert.That(_progress, Is.EqualTo(new[] { "another process is building the base image; waiting for it" }));
        Assert.That(_computer.Tools.Calls, Is.Empty);
    }
}
