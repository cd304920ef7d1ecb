using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>Receives a tool's lines: masks, logs, keeps and passes them on.</summary>
internal sealed class ToolOutput : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly Queue<string> _errors = new();
    private readonly ToolCommand _command;
    private readonly SecretMask _mask;
    private readonly int _keptErrors;
    private readonly StreamWriter? _log;

    public ToolOutput(ToolCommand command, SecretMask mask, int keptErrors)
    {
        (_command, _mask, _keptErrors) = (command, mask, keptErrors);
        _log = command.LogFile is { } path ? PrivateFile.Append(path) : null;
    }

    /// <summary>Whether there was more output than is kept.</summary>
    public bool WasCut { get; private set; }

    // A command that receives each line as it comes needs the text only for an error message.
    private int KeptCharacters => (_command.OnOutput is null ? 64 : 4) * 1024 * 1024;

    /// <summary>Standard output, unmasked: masking would change results that are parsed.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
            {
                return _text.ToString();
            }
        }
    }

    public IReadOnlyList<string> LastErrorLines
    {
        get
        {
            lock (_gate)
            {
                return [.. _errors];
            }
        }
    }

    public string LastErrorUnmasked { get; private set; } = "";

    /// <param name="line">A line, or a piece of a very long one.</param>
    /// <param name="isEnd">Whether the line ends with it.</param>
    public void Output(string line, bool isEnd)
    {
        lock (_gate)
        {
            WasCut |= _text.Length + line.Length >= KeptCharacters;
            if (!WasCut)
            {
                _text.Append(line).Append(isEnd ? "\n" : "");
            }

            _log?.WriteLine(PlainText.ForTerminal(_mask.Apply(line)));
        }

        _command.OnOutput?.Invoke(line);
    }

    /// <param name="line">A line, or a piece of a very long one.</param>
    public void Error(string line)
    {
        string masked = _mask.Apply(line);
        lock (_gate)
        {
            LastErrorUnmasked = line;
            _errors.Enqueue(masked);
            if (_errors.Count > _keptErrors)
            {
                _errors.Dequeue();
            }

            _log?.WriteLine(PlainText.ForTerminal(masked));
        }

        _command.OnError?.Invoke(masked);
    }

    public void Dispose() => _log?.Dispose();
}
