using System.Globalization;

namespace TfgridCompose.Architecture.Tests;

/// <summary>A user's home with many deployments, as far as a listing looks: their folders and the index.</summary>
internal static class ManyDeployments
{
    /// <summary>Returns the home.</summary>
    public static string Create(string home, int count)
    {
        string state = Path.Combine(home, ".tfgrid-compose");
        Directory.CreateDirectory(Path.Combine(state, "deployments"));
        using StreamWriter index = File.CreateText(Path.Combine(state, "index.yaml"));
        for (int i = 0; i < count; i++)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"d{i:D8}");
            Directory.CreateDirectory(Path.Combine(state, "deployments", id));
            index.Write(FormattableString.Invariant(
                $$"""- {"id":"{{id}}","name":"hello-{{i}}","app_name":"hello","app_path":"/home/ann/apps/hello-{{i}}","pattern":"single-vm","grid":"local","created_at":"2026-01-02T03:04:05.1234567+00:00","status":"running","address":"10.42.2.2","updated_at":"2026-01-02T03:04:05.1234567+00:00"}""") + "\n");
        }

        return home;
    }
}
