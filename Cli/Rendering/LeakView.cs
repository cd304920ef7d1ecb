using System.Text;
using System.Text.Json;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Leaks;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Tools.Contracts;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Cli.Rendering;

/// <summary>A report of leaks for people and for scripts.</summary>
internal static class LeakView
{
    public static string Text(LeakReport report)
    {
        var text = new StringBuilder();
        foreach (LeakedContracts leak in report.Contracts)
        {
            text.Append(Owner(leak.Owner))
                .Append(leak.DeploymentId)
                .Append(leak.Name.Length > 0 ? $" ({leak.Name})" : "")
                .Append(" on ")
                .Append(leak.Grid)
                .Append(": ")
                .Append(leak.Reason)
                .Append('\n');
            foreach (GridContract contract in leak.Contracts)
            {
                text.Append("           ").Append(contract).Append('\n');
            }
        }

        foreach (MachineLeftover left in report.Machine)
        {
            text.Append(Owner(left.Owner))
                .Append(left.DeploymentId)
                .Append(" on this machine: ")
                .Append(Word(left.Kind))
                .Append(' ')
                .Append(left.What)
                .Append(": ")
                .Append(left.Reason)
                .Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What can be done about it.</summary>
    public static string Hints(LeakReport report)
    {
        if (report.IsEmpty)
        {
            return $"nothing leaks; asked: {(report.Grids.Count > 0 ? string.Join(", ", report.Grids) : "no grid")}, this machine\n";
        }

        var hints = new StringBuilder();
        if (report.Contracts.Any(leak => leak.Owner == LeakOwner.Ours) || report.Machine.Any(left => left.Owner == LeakOwner.Ours))
        {
            hints.Append($"clean what is yours:  {Product.Name} leaks --clean\n");
        }

        if (report.Contracts.Any(leak => leak.Owner == LeakOwner.Foreign) || report.Machine.Any(left => left.Owner == LeakOwner.Foreign))
        {
            hints.Append("a foreign one may be a colleague's, or run from another machine; if you know that it is not:  "
                + $"{Product.Name} leaks --clean ID\n");
        }

        return hints.ToString();
    }

    /// <summary>The commands that end contracts of paid grids, each followed by a comma; empty where there is none.</summary>
    public static string Commands(LeakReport report) => string.Concat(report.Contracts
        .Where(leak => leak.Grid != GridNames.Local)
        .GroupBy(leak => leak.Grid)
        .Select(group =>
            $"with tfcmd logged in to {group.Key}: "
                + $"`{TfcmdCancel.Command(group.SelectMany(leak => leak.Contracts).Select(contract => contract.Id))}`, "));

    public static string Json(LeakReport report)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            Write(writer, "grids", report.Grids, writer.WriteStringValue);
            Write(writer, "contracts", report.Contracts, leak => Write(writer, leak));
            Write(writer, "machine", report.Machine, left => Write(writer, left));
            Write(writer, "problems", report.Problems, problem => Write(writer, problem));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, LeakedContracts leak)
    {
        writer.WriteStartObject();
        writer.WriteString("grid", leak.Grid);
        writer.WriteString("deployment_id", leak.DeploymentId);
        writer.WriteString("name", leak.Name);
        writer.WriteString("owner", Word(leak.Owner));
        writer.WriteBoolean("stray", leak.IsStray);
        writer.WriteString("reason", leak.Reason);
        Write(writer, "contracts", leak.Contracts, contract =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", contract.Id);
            writer.WriteNumber("node", contract.NodeId);
            writer.WriteString("type", contract.Type);
            writer.WriteString("workload", contract.Workload);
            writer.WriteString("state", contract.State);
            writer.WriteEndObject();
        });
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, MachineLeftover left)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", Word(left.Kind));
        writer.WriteString("what", left.What);
        writer.WriteString("deployment_id", left.DeploymentId);
        writer.WriteString("owner", Word(left.Owner));
        writer.WriteString("reason", left.Reason);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Diagnostic problem)
    {
        writer.WriteStartObject();
        writer.WriteString("code", problem.Code);
        writer.WriteString("message", problem.Message);
        writer.WriteString("remedy", problem.Remedy);
        writer.WriteEndObject();
    }

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static string Owner(LeakOwner owner) => Word(owner).PadRight(9);
}
