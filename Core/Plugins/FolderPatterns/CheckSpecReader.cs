using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Reads <c>verification</c>: checks of every machine of a role, in addition to SSH.</summary>
internal sealed class CheckSpecReader(TreeReader reader, RoleNames roles)
{
    private static readonly string[] Keys = ["role", "tcp", "http", "port", "status", "command"];

    public IReadOnlyList<CheckSpec> Read(LocatedMap root) =>
        [.. reader.Items(root, "verification").Select(Check).OfType<CheckSpec>()];

    private CheckSpec? Check(LocatedNode item)
    {
        if (item is not LocatedMap map)
        {
            reader.WrongType("verification", "a list of maps", item);
            return null;
        }

        ClosedKeys.Check(map, Keys, reader);
        string[] kinds = [.. new[] { "tcp", "http", "command" }.Where(key => map.Entry(key) is not null)];
        Func<string, VerificationCheck>? check = kinds switch
        {
            ["tcp"] => Tcp(map),
            ["http"] => Http(map),
            ["command"] => Command(map),
            _ => Neither(map),
        };
        return roles.Of(map, "role") is { } role && check is not null ? new CheckSpec(role, check) : null;
    }

    private Func<string, VerificationCheck>? Tcp(LocatedMap map) =>
        Number(map, "tcp", 1, 65535) is { } port ? host => new TcpCheck(host, port) : null;

    private Func<string, VerificationCheck>? Http(LocatedMap map)
    {
        string path = reader.Text(map, "http") ?? "/";
        int? port = map.Entry("port") is null ? 80 : Number(map, "port", 1, 65535);
        int? status = map.Entry("status") is null ? 200 : Number(map, "status", 100, 599);
        if (!path.StartsWith('/'))
        {
            Invalid(map, "http", "a path that begins with '/'");
            return null;
        }

        return port is { } number && status is { } expected
            ? host => new HttpCheck(host, number, path, expected)
            : null;
    }

    private Func<string, VerificationCheck>? Command(LocatedMap map)
    {
        string[] words = [.. reader.Items(map, "command").OfType<LocatedScalar>().Select(word => word.Text)];
        if (words.Length == 0)
        {
            Invalid(map, "command", "a program and its arguments as a list");
            return null;
        }

        return host => new CommandCheck(host, words);
    }

    private int? Number(LocatedMap map, string key, int least, int most)
    {
        if (reader.Integer(map, key) is not { } number || (number >= least && number <= most))
        {
            return reader.Integer(map, key);
        }

        Invalid(map, key, $"{least} to {most}");
        return null;
    }

    private Func<string, VerificationCheck>? Neither(LocatedMap map)
    {
        reader.Error(
            FolderPatternCodes.ValueInvalid,
            "A check must have exactly one of tcp, http and command.",
            "Write '{tcp: 5432}', '{http: /health, port: 8080}' or '{command: [test, -e, /x]}'.",
            map.Location);
        return null;
    }

    private void Invalid(LocatedMap map, string key, string expected) => reader.Error(
        FolderPatternCodes.ValueInvalid,
        $"'{key}' is {map.Entry(key)?.Value.Kind}, not {expected}.",
        $"Write {expected}.",
        map.Entry(key)?.Value.Location);
}
