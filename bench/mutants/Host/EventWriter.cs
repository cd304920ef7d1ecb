using System.Text.Json;
using NUnit.Framework.Interfaces;

namespace TfgridCompose.MutantHost;

/// <summary>Each event is on the disk before the test goes on: the process may be killed at any time.</summary>
internal sealed class EventWriter(string path) : ITestListener, IDisposable
{
    private const int LongestMessage = 400;
    private readonly StreamWriter _file = new(path, append: true) { AutoFlush = true };
    private readonly Lock _lock = new();

    public void Write(TestEvent what)
    {
        lock (_lock)
        {
            _file.WriteLine(JsonSerializer.Serialize(what));
        }
    }

    public void TestStarted(ITest test)
    {
        if (!test.IsSuite)
        {
            Write(new TestEvent { Kind = "start", Test = test.FullName, Fixture = test.ClassName ?? "" });
        }
    }

    public void TestFinished(ITestResult result)
    {
        if (result.Test.IsSuite)
        {
            return;
        }

        string message = result.Message ?? "";
        Write(new TestEvent
        {
            Kind = result.ResultState.Status switch
            {
                TestStatus.Failed => "failed",
                TestStatus.Skipped or TestStatus.Inconclusive => "skipped",
                _ => "passed",
            },
            Test = result.Test.FullName,
            Fixture = result.Test.ClassName ?? "",
            Seconds = result.Duration,
            Message = message.Length > LongestMessage ? message[..LongestMessage] : message,
        });
    }

    public void TestOutput(TestOutput output)
    {
    }

    public void SendMessage(TestMessage message)
    {
    }

    public void Dispose() => _file.Dispose();
}
