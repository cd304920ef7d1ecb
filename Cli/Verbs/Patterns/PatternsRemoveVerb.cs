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
            IEnumerable<string> names = pattern.Deployments.Select(deployment => $"{deployment.Name} ({deployment.Id})");
            context.Streams.Error.WriteLine($"still deployed with it: {string.Join(", ", names)}");
            context.Streams.Error.WriteLine($"`{Product.Name} down` works without the pattern; the next `{Product.Name} up` needs it");
        }

        if (context.Declines(options.Yes, $"Remove the pattern {pattern.Name} ({pattern.Folder})?"))
        {
            return Task.FromResult(0);
        }

        removal.Remove(pattern);
        context.Streams.Out.Write(context.Global.Json ? PackageView.Json(pattern) : PackageView.Text(pattern));
        return Task.FromResult(0);
    }
}
