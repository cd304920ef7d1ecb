using System.Text.Json;

namespace TfgridCompose.Mutants;

/// <summary>What is known so far, on the disk: an interrupted run goes on where it was.</summary>
internal sealed class Progress(Settings settings)
{
    public bool IsOf(string stamp) => File.Exists(settings.In("stamp")) && File.ReadAllText(settings.In("stamp")) == stamp;

    public void Begin(string stamp)
    {
        if (Directory.Exists(settings.Work))
        {
            Directory.Delete(settings.Work, recursive: true);
        }

        Directory.CreateDirectory(settings.Work);
        File.WriteAllText(settings.In("stamp"), stamp);
    }

    public T? Read<T>(string name)
        where T : class =>
        File.Exists(settings.In($"{name}.json")) ? JsonSerializer.Deserialize<T>(File.ReadAllText(settings.In($"{name}.json"))) : null;

    public void Write<T>(string name, T value)
    {
        string file = settings.In($"{name}.json");
        File.WriteAllText($"{file}.new", JsonSerializer.Serialize(value));
        File.Move($"{file}.new", file, overwrite: true);
    }
}
