using System.Globalization;
using TfgridCompose.Mutants;

if (args is not [var repository, var numberText, var seedText]
    || !int.TryParse(numberText, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > 10_000
    || !int.TryParse(seedText, NumberStyles.None, CultureInfo.InvariantCulture, out int seed))
{
    Console.Error.WriteLine("usage: bench/mutants.sh N [SEED]   (N from 1 to 10000)");
    return 2;
}

const int Wanted = 80;
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    cancellation.Cancel();
};
try
{
    int percent = await new MutantRun(new Settings(repository, number, seed), Console.WriteLine).RunAsync(cancellation.Token);
    return percent >= Wanted ? 0 : 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("not finished; the same command goes on from here");
    return 130;
}
catch (SettingsException exception)
{
    Console.Error.WriteLine($"mutants.sh: {exception.Message}");
    return 2;
}
catch (MutantsException exception)
{
    Console.Error.WriteLine($"mutants.sh: {exception.Message}");
    return 3;
}
