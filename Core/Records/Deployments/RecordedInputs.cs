namespace TfgridCompose.Core.Records.Deployments;

/// <summary>
/// What a phase worked from when it last completed, part by part, so that the next run can name what changed.
/// </summary>
/// <param name="Phase">The phase's name.</param>
/// <param name="Inputs">The fingerprint of the whole, as in the journal: parts of another run are of no use.</param>
/// <param name="Parts">A line for each part: its mark, its kind and its name. Never a value.</param>
public sealed record RecordedInputs(string Phase, string Inputs, IReadOnlyList<string> Parts);

/// <summary>A variable that the app's hooks got.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">Where its value came from: <c>--env</c>, <c>.env</c>, <c>default</c>.</param>
/// <param name="Mark">Tells whether the value is still the same.</param>
public sealed record RecordedValue(string Name, string Origin, string Mark);
