using TfgridCompose.DescriptorWriter;

var arguments = Arguments.Parse(args);
var reading = PatternReading.Of(arguments.Assembly);
List<BuildError> errors = [.. reading.Errors];
if (reading.Metadata.Name.Length > 0 && reading.Metadata.Name != arguments.Id)
{
    errors.Add(new(BuildError.IdDiffers, $"PatternId is '{arguments.Id}' but the class exports '{reading.Metadata.Name}'; set <PatternId>{reading.Metadata.Name}</PatternId>."));
}

if (arguments.Checked && errors.Count > 0)
{
    errors.ForEach(error => Console.WriteLine(error.For(arguments.Project)));
    return 1;
}

await File.WriteAllTextAsync(arguments.Output, Descriptor.Json(arguments, reading) + "\n");
return 0;
