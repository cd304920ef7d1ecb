using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Cli.Verbs.Patterns;

internal static class PatternsRemoveVerb
{
    public static Task<int> RunAsync(PatternsRemoveOptions options, VerbContext context, CancellationToken cancellation)
    {
        var removal = new PatternRemoval(context.Here, context.Index, context.Holder);
        RemovablePattern pattern = removal.Find(options.Name);
        if (pattern.Deployments.Count > 0)
        {
            string names = string.Join(", ", pattern.Deployments.Select(deployment => $"{deployment.Name} ({deployment.Id})"));
            context.Streams.Error.WriteLine($"{names}: runs on without it, and ends with `{Product.Name} down`; its next "
                + $"`{Product.Name} up` needs it");
        }

        if (!options.Yes && !context.Confirm($"Remove the pattern {pattern.Name} ({pattern.Folder})?", "--yes"))
        {
            context.Streams.Error.WriteLine("nothing was done");
            return Task.FromResult(0);
        }

        removal.Remove(pattern);
        context.Streams.Out.Write(context.Global.Json ? PackageView.Json(pattern) : PackageView.Text(pattern));
        return Task.FromResult(0);
    }
}
