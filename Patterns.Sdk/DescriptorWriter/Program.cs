using TfgridCompose.DescriptorWriter;
using TfgridCompose.DescriptorWriter.Sboms;

if (args is ["sbom", ..])
{
    var sbom = SbomArguments.Parse(args.Skip(1));
    await File.WriteAllBytesAsync(sbom.Output, ShippedParts.Sbom(sbom));
    return 0;
}

var arguments = Arguments.Parse(args);
var reading = PatternReading.Of(arguments.Assembly);
List<BuildError> errors = [.. reading.Errors, .. reading.DifferencesTo(arguments)];
if (arguments.Checked && errors.Count > 0)
{
    errors.ForEach(error => Console.WriteLine(error.For(arguments.Project)));
    return 1;
}

await File.WriteAllTextAsync(arguments.Output, Descriptor.Json(arguments, reading) + "\n");
return 0;
