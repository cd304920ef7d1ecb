using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;

/// <summary>
/// Compiled into every project of the copy. Says whether a planted fault is on, and notes which faults are reached.
/// What is asked for is read from the environment, of this process or of the nearest parent that has it: the product
/// hands its children only a few variables.
/// </summary>
internal static class MutantSwitch
{
    private static readonly int[] Reached = new int[100_000];
    private static readonly string[] Asked = Find();

    public static bool On(int fault)
    {
        if (Asked[1].Length > 0 && Interlocked.Exchange(ref Reached[fault], 1) == 0)
        {
            Note(fault);
        }

        return Asked[0].Length > 0 && fault == int.Parse(Asked[0], CultureInfo.InvariantCulture);
    }

    // A process that may not write there reaches the fault all the same; what it does must not change.
    private static void Note(int fault)
    {
        try
        {
            File.WriteAllText(Path.Combine(Asked[1], fault.ToString(CultureInfo.InvariantCulture)), "");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string[] Find()
    {
        if (Environment.GetEnvironmentVariable("TFC_MUTANT") is { } own)
        {
            return [own, Environment.GetEnvironmentVariable("TFC_MUTANT_HITS") ?? ""];
        }

        try
        {
            int parent = ParentOf("self");
            for (int generation = 0; parent > 0 && generation < 64; generation++)
            {
                string[] variables = File.ReadAllText($"/proc/{parent}/environ").Split('\0');
                if (Value(variables, "TFC_MUTANT=") is { } fault)
                {
                    return [fault, Value(variables, "TFC_MUTANT_HITS=") ?? ""];
                }

                parent = ParentOf(parent.ToString(CultureInfo.InvariantCulture));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }

        return ["", ""];
    }

    // The program's name, in brackets, may hold anything; the state and the parent follow it.
    private static int ParentOf(string process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static string? Value(IEnumerable<string> variables, string name)
    {
        foreach (string variable in variables)
        {
            if (variable.StartsWith(name, StringComparison.Ordinal))
            {
                return variable[name.Length..];
            }
        }

        return null;
    }
}
