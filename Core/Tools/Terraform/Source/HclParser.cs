namespace TfgridCompose.Core.Tools.Terraform.Source;

/// <summary>Finds the blocks of a .tf file and their attributes. Expressions are kept as lists of tokens.</summary>
internal sealed class HclParser
{
    private readonly IReadOnlyList<HclToken> _tokens;
    private int _at;
    private int _nesting;

    private HclParser(IReadOnlyList<HclToken> tokens) => _tokens = tokens;

    public static IReadOnlyList<HclBlock> Parse(string text)
    {
        var file = new HclBlock("", [], 0);
        var parser = new HclParser(new HclScanner(text).Tokens());
        while (parser._at < parser._tokens.Count)
        {
            // An extra closing brace ends a body; the rest is still parsed.
            parser.Body(file);
        }

        return file.Blocks;
    }

    private void Body(HclBlock block)
    {
        while (_at < _tokens.Count)
        {
            HclToken token = _tokens[_at++];
            if (token.Is('}'))
            {
                return;
            }

            if (token.Kind == HclTokenKind.Word)
            {
                Item(block, token);
            }
        }
    }

    private void Item(HclBlock block, HclToken name)
    {
        var labels = new List<string>();
        for (; _at < _tokens.Count; _at++)
        {
            HclToken token = _tokens[_at];
            if (token.Is('='))
            {
                _at++;
                block.Attributes[name.Text] = Expression();
                return;
            }

            if (token.Is('{') && _nesting < HclScanner.DeepestNesting)
            {
                _at++;
                _nesting++;
                var inner = new HclBlock(name.Text, labels, name.Offset);
                block.Blocks.Add(inner);
                Body(inner);
                _nesting--;
                return;
            }

            if (token.Kind is not (HclTokenKind.Word or HclTokenKind.Text))
            {
                return;
            }

            labels.Add(token.Text);
        }
    }

    private List<HclToken> Expression()
    {
        var tokens = new List<HclToken>();
        for (int depth = 0; _at < _tokens.Count; _at++)
        {
            HclToken token = _tokens[_at];
            bool opens = token.Is('{') || token.Is('[') || token.Is('(');
            bool closes = token.Is('}') || token.Is(']') || token.Is(')');
            if (depth == 0 && (token.Kind == HclTokenKind.NewLine || closes))
            {
                break;
            }

            depth += opens ? 1 : closes ? -1 : 0;
            tokens.Add(token);
        }

        return tokens;
    }
}
