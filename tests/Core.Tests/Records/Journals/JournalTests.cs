using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Records.Journals;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JournalTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly string _path;
    private readonly Journal _journal;

    public JournalTests()
    {
        _path = Path.Combine(_home.Root, "journal");
        _journal = new Journal(_path);
        _journal.Append(Entry(PhaseId.Infrastructure));
        _journal.Append(Entry(PhaseId.Network));
    }

    public void Dispose() => _home.Dispose();

    [Test]
    public void What_is_written_is_read_again_and_only_the_owner_reads_it()
    {
        Assert.That(_journal.Read(), Is.EqualTo([Entry(PhaseId.Infrastructure), Entry(PhaseId.Network)]));
        Assert.That(File.GetUnixFileMode(_path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(new Journal(_path + "-none").Read(), Is.Empty);
    }

    // Power loss may leave any part of the last line; the character beyond ASCII makes bytes and characters differ.
    [TestCase(1)]
    [TestCase(20)]
    [TestCase(60)]
    public void A_torn_last_line_is_dropped_and_cut_off_before_the_next(int bytes)
    {
        using (FileStream stream = File.Open(_path, FileMode.Open))
        {
            stream.SetLength(stream.Length - bytes);
        }

        Assert.That(_journal.Read().Select(entry => entry.Phase), Is.EqualTo([PhaseId.Infrastructure]));
        _journal.Append(Entry(PhaseId.Wait));
        Assert.That(_journal.Read(), Is.EqualTo([Entry(PhaseId.Infrastructure), Entry(PhaseId.Wait)]));
    }

    [Test]
    public void A_damaged_line_hides_no_other()
    {
        string[] lines = File.ReadAllLines(_path);
        File.WriteAllText(_path, $"{lines[0].Replace("infra", "intra", StringComparison.OrdinalIgnoreCase)}\n{lines[1]}\nnonsense\n\n");
        _journal.Append(Entry(PhaseId.Wait));

        Assert.That(_journal.Read().Select(entry => entry.Phase), Is.EqualTo([PhaseId.Network, PhaseId.Wait]));
    }

    [Test]
    public void A_line_with_a_byte_that_is_not_text_is_damaged()
    {
        byte[] all = File.ReadAllBytes(_path);
        all[all.AsSpan().IndexOf("\"up\""u8) + 1] = 0xFF;
        File.WriteAllBytes(_path, all);

        Assert.That(_journal.Read(), Is.EqualTo([Entry(PhaseId.Network)]));
    }

    // The sound end is sought block by block from the file's end.
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(4094)]
    [TestCase(4095)]
    [TestCase(4096)]
    [TestCase(20_000)]
    public void However_long_the_torn_line_is_only_that_is_cut(int length)
    {
        File.AppendAllText(_path, new string('x', length));

        _journal.Append(Entry(PhaseId.Wait));

        Assert.That(_journal.Read(), Is.EqualTo([Entry(PhaseId.Infrastructure), Entry(PhaseId.Network), Entry(PhaseId.Wait)]));
        Assert.That(File.ReadAllText(_path), Does.Not.Contain("xx"));
    }

    [Test]
    public void A_journal_that_is_torn_from_its_first_line_begins_anew()
    {
        File.WriteAllText(_path, new string('x', 5000));

        _journal.Append(Entry(PhaseId.Wait));

        Assert.That(_journal.Read(), Is.EqualTo([Entry(PhaseId.Wait)]));
        Assert.That(File.ReadAllText(_path), Does.StartWith("{"));
    }

    private static JournalEntry Entry(PhaseId phase) => new()
    {
        At = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Verb = "up",
        Phase = phase,
        Result = JournalResult.Done,
        Detail = "né\nwith a new line",
        Inputs = "abc",
        Milliseconds = 12,
        User = "ann",
    };
}
