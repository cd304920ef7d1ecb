using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Values;

/// <summary>
/// Decides each variable's value: from --env, then --env-file or env_file, then .env, then the process, then the
/// default.
/// </summary>
public sealed class EnvironmentResolver
{
    // PATH must include one of them: they hold the shell and `env`, which starts most hooks.
    private static readonly string[] ProgramFolders = ["/usr/bin", "/bin"];

    private readonly EnvironmentRequest _request;
    private readonly List<Diagnostic> _problems = [];
    private readonly Dictionary<string, GivenValue> _given = new(StringComparer.Ordinal);

    private EnvironmentResolver(EnvironmentRequest request) => _request = request;

    public static ResolvedEnvironment Resolve(EnvironmentRequest request)
    {
        var resolver = new EnvironmentResolver(request);
        resolver.ReadDotEnv();
        resolver.ReadEnvFiles();
        resolver.ReadAssignments();
        List<EnvironmentValue> values = resolver.Values();
        resolver.CheckDeclared(values.ToDictionary(
            value => value.Name, value => value.Value.Reveal(), StringComparer.Ordinal));
        return new ResolvedEnvironment(values, resolver._problems);
    }

    private void ReadDotEnv()
    {
        string file = Path.Combine(_request.AppFolder, ".env");
        if (BoundedFile.IsThere(file))
        {
            AddFile(file, DotEnvFile.Load(file, ".env", _problems));
        }
    }

    private void ReadEnvFiles()
    {
        bool asked = _request.EnvFiles.Count > 0;
        IEnumerable<(string File, string Origin)> files = asked
            ? _request.EnvFiles.Select(file => (file, $"--env-file {file}"))
            : _request.ManifestEnvFile is string named ? [(named, $"env_file {named}")] : [];
        foreach ((string file, string origin) in files)
        {
            if (BoundedFile.IsThere(file))
            {
                AddFile(file, asked
                    ? DotEnvFile.LoadPiped(file, origin, _problems)
                    : DotEnvFile.Load(file, origin, _problems));
            }
            else
            {
                AddProblem(
                    EnvironmentCodes.EnvFileMissing,
                    $"The env file '{file}' does not exist.",
                    $"Create {file}, or correct the path.");
            }
        }
    }

    private void AddFile(string file, IReadOnlyList<GivenValue> values)
    {
        string[] secrets =
        [
            .. values.Where(value => value.Value.Reveal().Length > 0 && IsSecret(value.Name))
                .Select(value => value.Name)
                .Distinct(),
        ];
        if (secrets.Length > 0 && SharedFile.IsReadableByOthers(file))
        {
            _problems.Add(Diagnostic.Warning(
                EnvironmentCodes.ReadableByOthers,
                $"{file} holds the secret {string.Join(", ", secrets)}, and other users of this computer may read it.",
                $"chmod 600 {ShellQuote.IfNeeded(file)}"));
        }

        Add(values);
    }

    private bool IsSecret(string name) =>
        SecretNames.Contains(name) || _request.Declared.Any(variable => variable.Name == name && variable.Secret);

    private void ReadAssignments() => Add([.. _request.Assignments.Select(Assignment).OfType<GivenValue>()]);

    private GivenValue? Assignment(string assignment)
    {
        string[] parts = assignment.Split('=', 2);
        if (!VariableName.IsValid(parts[0]))
        {
            AddProblem(
                EnvironmentCodes.AssignmentInvalid,
                $"--env takes NAME=VALUE or NAME; '{Excerpt.Of(parts[0])}' is not a variable's name.",
                "Use letters, digits and '_' in the name, not starting with a digit.");
            return null;
        }

        string? value = parts.Length == 2 ? parts[1] : _request.ProcessEnvironment.GetValueOrDefault(parts[0]);
        if (value is null)
        {
            AddProblem(
                EnvironmentCodes.NotInProcess,
                $"--env {parts[0]} takes the value from this process, which has no variable '{parts[0]}'.",
                $"Export it first, or write --env {parts[0]}=VALUE.");
        }

        return value is null ? null : new GivenValue(parts[0], new SecretText(value), "--env");
    }

    private void Add(IReadOnlyList<GivenValue> values)
    {
        foreach (GivenValue value in values)
        {
            if (VariableName.IsReserved(value.Name))
            {
                _problems.Add(Diagnostic.Warning(
                    EnvironmentCodes.NameReserved,
                    $"The variable '{value.Name}' is reserved by the shell; it is not set.",
                    "Give it another name.", value.Location));
            }
            else
            {
                _given[value.Name] = value;
            }
        }
    }

    private List<EnvironmentValue> Values()
    {
        var values = new List<EnvironmentValue>();
        foreach (EnvironmentVariable variable in _request.Declared)
        {
            if (ValueOf(variable) is GivenValue value)
            {
                values.Add(Usable(value));
            }
        }

        values.AddRange(_given.Values
            .Where(value => !_request.Declared.Any(variable => variable.Name == value.Name))
            .Select(Usable));
        return values;
    }

    private GivenValue? ValueOf(EnvironmentVariable variable)
    {
        if (_given.TryGetValue(variable.Name, out GivenValue? given))
        {
            return given;
        }

        return _request.ProcessEnvironment.TryGetValue(variable.Name, out string? inherited)
            ? new GivenValue(variable.Name, new SecretText(inherited), "the process environment", variable.Location)
            : variable.Default is string value
                ? new GivenValue(variable.Name, new SecretText(value), "default", variable.Location)
                : null;
    }

    private EnvironmentValue Usable(GivenValue value)
    {
        if (!EnvFileText.CanHold(value.Value.Reveal()))
        {
            _problems.Add(Diagnostic.Error(
                EnvironmentCodes.ValueUnusable,
                $"The value of '{value.Name}' from {value.Origin} contains a NUL character or invalid Unicode.",
                "Pass binary data as base64.", value.Location));
        }

        if (value.Name == "PATH" && !value.Value.Reveal().Split(':').Any(folder => ProgramFolders.Contains(folder.TrimEnd('/'))))
        {
            _problems.Add(Diagnostic.Error(
                EnvironmentCodes.ValueUnusable,
                $"PATH from {value.Origin} is '{Excerpt.Of(value.Value.Reveal())}': a hook would find no program with it.",
                "Add :/usr/bin:/bin to it, or leave it out.", value.Location));
        }

        if (_request.IsForPlaybook && AnsibleName.IsTaken(value.Name))
        {
            _problems.Add(Diagnostic.Error(
                EnvironmentCodes.NameOfAnsible,
                $"The app's playbook cannot get the variable '{value.Name}' from {value.Origin}: Ansible itself interprets that name.",
                "Rename the variable, here and in the playbook.", value.Location));
        }

        return new EnvironmentValue(
            value.Name,
            value.Value,
            IsSecret(value.Name),
            value.Origin);
    }

    private void CheckDeclared(Dictionary<string, string> values)
    {
        foreach (EnvironmentVariable variable in _request.Declared)
        {
            bool holds = variable.DependsOn.All(pair => values.TryGetValue(pair.Key, out string? actual)
                && pair.Value.Contains(actual));
            string value = values.GetValueOrDefault(variable.Name, "");
            if (value.Length == 0 && variable.Required && holds)
            {
                AddMissing(variable);
            }
            else if (value.Length > 0 && variable.Options.Count > 0 && !variable.Options.Contains(value))
            {
                AddNotAnOption(variable, value);
            }
        }
    }

    private void AddMissing(EnvironmentVariable variable)
    {
        string what = variable.Description.Length > 0 ? $" ({Excerpt.Of(variable.Description)})" : "";
        _problems.Add(Diagnostic.Error(
            EnvironmentCodes.RequiredMissing, $"The app requires '{variable.Name}'{what}, but it has no value.",
            $"Add --env {variable.Name}=VALUE, or write {variable.Name}=VALUE to "
                + $"{Path.Combine(_request.AppFolder, ".env")}.", variable.Location));
    }

    private void AddNotAnOption(EnvironmentVariable variable, string value)
    {
        bool secret = IsSecret(variable.Name);
        _problems.Add(Diagnostic.Error(
            EnvironmentCodes.NotAnOption,
            $"'{variable.Name}' cannot be '{(secret ? SecretText.Redacted : Excerpt.Of(value))}'.",
            $"{(secret ? "" : Meant.Of(value, variable.Options))}Use one of {string.Join(", ", variable.Options)}.",
            _given.GetValueOrDefault(variable.Name)?.Location ?? variable.Location));
    }

    private void AddProblem(string code, string message, string remedy) =>
        _problems.Add(Diagnostic.Error(code, message, remedy));
}
