namespace TfgridCompose.Core.Tools.Terraform.Source;

/// <summary>What the .tf files of a folder declare and use, read without Terraform.</summary>
internal sealed class TerraformModule
{
    // Terraform's own provider, which is built in and not installed.
    private const string BuiltInProvider = "terraform";
    private static readonly string[] Registries = ["registry.terraform.io/", "registry.opentofu.org/"];
    private static readonly string[] UsingBlocks = ["resource", "data", "ephemeral"];
    private readonly List<HclBlock> _blocks;

    public TerraformModule(IEnumerable<string> files) => _blocks = [.. files.SelectMany(HclParser.Parse)];

    public IReadOnlyList<string> Variables => Labels("variable");

    /// <summary>The variables that must be given a value.</summary>
    public IReadOnlyList<string> RequiredVariables =>
    [
        .. _blocks
            .Where(block => block is { Type: "variable", Labels.Count: > 0 }
                && !block.Attributes.ContainsKey("default"))
            .Select(block => block.Labels[0]),
    ];

    public IReadOnlyList<string> Outputs => Labels("output");

    /// <summary>
    /// The providers that <c>init</c> would install: <c>threefoldtech/grid</c>. One that is used but not required is
    /// HashiCorp's.
    /// </summary>
    public IReadOnlyList<string> Providers
    {
        get
        {
            Dictionary<string, string> required = RequiredProviders();
            IEnumerable<string> used =
                _blocks.Select(LocalProvider).OfType<string>().Where(name => name != BuiltInProvider);
            IEnumerable<string> sources = used.Select(name => required.GetValueOrDefault(name, $"hashicorp/{name}"));
            return [.. required.Values.Concat(sources).Distinct()];
        }
    }

    private List<string> Labels(string type) =>
        [.. _blocks.Where(block => block.Type == type && block.Labels.Count > 0).Select(block => block.Labels[0])];

    private Dictionary<string, string> RequiredProviders()
    {
        var required = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, IReadOnlyList<HclToken> value) in _blocks.Where(block => block.Type == "terraform")
            .SelectMany(block => block.Blocks)
            .Where(block => block.Type == "required_providers")
            .SelectMany(block => block.Attributes))
        {
            required[name] = Source(value) ?? $"hashicorp/{name}";
        }

        return required;
    }

    private static string? Source(IReadOnlyList<HclToken> value)
    {
        for (int i = 0; i + 2 < value.Count; i++)
        {
            if (value[i].Text == "source"
                && (value[i + 1].Is('=') || value[i + 1].Is(':'))
                && value[i + 2].Kind == HclTokenKind.Text)
            {
                string source = value[i + 2].Text;
                string? registry =
                    Registries.FirstOrDefault(prefix => source.StartsWith(prefix, StringComparison.Ordinal));
                return source[(registry?.Length ?? 0)..];
            }
        }

        return null;
    }

    private static string? LocalProvider(HclBlock block)
    {
        if (block is { Type: "provider", Labels: [var configured, ..] })
        {
            return configured;
        }

        return !UsingBlocks.Contains(block.Type) || block.Labels.Count == 0 ? null
            : block.Attributes.TryGetValue("provider", out IReadOnlyList<HclToken>? chosen) && chosen.Count > 0
                ? chosen[0].Text
            : block.Labels[0].Split('_')[0];
    }
}
