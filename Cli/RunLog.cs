using System.Globalization;
using NLog;
using NLog.Config;
using NLog.Layouts;
using NLog.Targets;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli;

/// <summary>One log file per run. Lines are kept in memory until the deployment that they belong to is known.</summary>
internal sealed class RunLog : IDisposable
{
    // With a layout in a string, NLog would register all its renderers at every start.
    private static readonly Layout Line = Layout.FromMethod(TextOf);

    // NLog takes a while to load, so it is opened at first use.
    private readonly Lazy<Opened> _log = new(Opened.New);

    public Logger Logger => _log.Value.Logger;

    /// <summary>The log's path; null while its lines are only in memory.</summary>
    public string? Path { get; private set; }

    public void Attach(DeploymentFolder folder) => Attach(folder.Log);

    public void Attach(string path)
    {
        if (Path is not null)
        {
            return;
        }

        using (StreamWriter writer = PrivateFile.Append(path))
        {
            foreach (string line in _log.Value.Held.Logs)
            {
                writer.WriteLine(line);
            }
        }

        Path = path;
        _log.Value.Use(new FileTarget
        {
            FileName = Layout.FromLiteral(path),
            Layout = Line,
            KeepFileOpen = true,
            AutoFlush = true,
            CreateDirs = false,
        });
    }

    public void Dispose()
    {
        if (_log.IsValueCreated)
        {
            _log.Value.Factory.Shutdown();
        }
    }

    // Without the entry's exception, whose text is not masked.
    private static string TextOf(LogEventInfo entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.TimeStamp:yyyy-MM-dd HH:mm:ss.ffff} {entry.Level.Name.ToUpperInvariant(),-5} "
            + $"{PlainText.ForTerminal(entry.FormattedMessage)}");

    private sealed record Opened(LogFactory Factory, MemoryTarget Held, Logger Logger)
    {
        public static Opened New()
        {
            var factory = new LogFactory();
            var log = new Opened(
                factory,
                new MemoryTarget { Layout = Line, MaxLogsCount = 10_000 },
                factory.GetLogger("tfgrid-compose"));
            log.Use(log.Held);
            return log;
        }

        public void Use(Target target)
        {
            var configuration = new LoggingConfiguration();
            configuration.AddRule(LogLevel.Debug, LogLevel.Fatal, target);
            Factory.Configuration = configuration;
        }
    }
}
