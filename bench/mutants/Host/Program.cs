using System.Reflection;
using System.Text.Json;
using NUnit;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;

namespace TfgridCompose.MutantHost;

/// <summary>
/// Runs tests of one assembly in this process, which starts four times as fast as `dotnet test`, and writes what
/// happens to a file. Started in the assembly's own folder with its dependencies: dotnet exec --depsfile
/// TESTS.deps.json --runtimeconfig TESTS.runtimeconfig.json ...
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is not [var assembly, var requestFile, var eventsFile])
        {
            Console.Error.WriteLine("usage: TfgridCompose.MutantHost ASSEMBLY REQUEST EVENTS");
            return 2;
        }

        TestRequest request = JsonSerializer.Deserialize<TestRequest>(File.ReadAllText(requestFile))
            ?? throw new InvalidDataException($"{requestFile} is empty");
        using var events = new EventWriter(eventsFile);
        events.Write(new TestEvent { Kind = "boot" });
        var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
        var settings = new Dictionary<string, object>
        {
            [FrameworkPackageSettings.NumberOfTestWorkers] = 0,
            [FrameworkPackageSettings.SynchronousEvents] = true,
        };
        var filter = new RequestFilter(request);
        ITest tests = runner.Load(Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(assembly))), settings);
        events.Write(new TestEvent { Kind = "begin" });
        if (request.Fixtures.Count + request.Tests.Count == 0)
        {
            List(tests, filter, events);
        }
        else
        {
            runner.Run(events, filter);
        }

        events.Write(new TestEvent { Kind = "end" });

        // A thread that a test left behind does not keep the process alive.
        Environment.Exit(0);
        return 0;
    }

    private static void List(ITest test, RequestFilter filter, EventWriter events)
    {
        if (test.HasChildren)
        {
            foreach (ITest child in test.Tests)
            {
                List(child, filter, events);
            }
        }
        else if (!test.IsSuite && filter.IsQuick(test))
        {
            events.Write(new TestEvent { Kind = "found", Test = test.FullName, Fixture = test.ClassName ?? "" });
        }
    }
}
