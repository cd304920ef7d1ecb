namespace TfgridCompose.Core.Foundation.Files;

/// <summary>Who reads what this process writes.</summary>
public static class OutputReader
{
    private const int StandardOutput = 1;
    private const short Error = 0x8;
    private const short HungUp = 0x10;

    /// <summary>
    /// Whether the reader of standard output has gone, as <c>head</c> does. The console says nothing then: what follows
    /// a log would go on for ever.
    /// </summary>
    public static unsafe bool IsGone()
    {
        var output = new Libc.PolledFile { File = StandardOutput };
        return Libc.Poll(&output, 1, milliseconds: 0) > 0 && (output.Answer & (Error | HungUp)) != 0;
    }
}
