using System.Text;
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
    private readonly int _keptCharacters;
    private readonly int _keptErrors;
    private readonly StreamWriter? _log;

    public ToolOutput(ToolCommand command, SecretMask mask, int keptCharacters, int keptErrors)
    {
        (_command, _mask, _keptCharacters, _keptErrors) = (command, mask, keptCharacters, keptErrors);
        _log = command.LogFile is { } path ? PrivateFile.Append(path) : null;
    }

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

    public void Output(string line)
    {
        lock (_gate)
        {
            if (_text.Length + line.Length < _keptCharacters)
            {
                _text.Append(line).Append('\n');
            }

            _log?.WriteLine(_mask.Apply(line));
        }

        _command.OnOutput?.Invoke(line);
    }

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

            _log?.WriteLine(masked);
        }

        _command.OnError?.Invoke(masked);
    }

    public void Dispose() => _log?.Dispose();
}
