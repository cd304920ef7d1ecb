using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli.Tests;

public sealed class UserPathsTests
{
    [TestCase(null, new[] { "/home/ann/.tfgrid-compose/plugins", "/home/ann/.tfgrid/plugins" })]
    [TestCase("", new[] { "/home/ann/.tfgrid-compose/plugins", "/home/ann/.tfgrid/plugins" })]
    [TestCase("/srv/state", new[] { "/srv/state/plugins" })]
    public void A_state_folder_that_was_asked_for_has_the_only_plugins_beside_the_built_in_ones(string? state, string[] expected)
    {
        IReadOnlyList<PluginRoot> roots = UserPaths.PluginRoots(name => name switch
        {
            "TFGRID_COMPOSE_HOME" => state,
            "HOME" => "/home/ann",
            _ => null,
        });

        Assert.That(roots[0].BuiltIn);
        Assert.That(roots.Skip(1).Select(root => root.Path), Is.EqualTo(expected));
    }
}
