namespace TfgridCompose.Core.Foundation.Files;

/// <summary>The reader of this process's output.</summary>
public static class OutputReader
{
    private const int StandardOutput = 1;
    private const short Error = 0x8;
    private const short HungUp = 0x10;

    /// <summary>
    /// Whether the reader of standard output has gone, as <c>head</c> does. The console does not report that, so a verb that
    /// follows a log would never end.
    /// </summary>
    public static unsafe bool IsGone()
    {
        var output = new Libc.PolledFile { File = StandardOutput };
        return Libc.Poll(&output, 1, milliseconds: 0) > 0 && (output.Answer & (Error | HungUp)) != 0;
    }
}
