using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>
/// The plugin boundary: the only place that catches a plugin's exceptions. A null result or a timeout is treated like
/// an exception.
/// </summary>
internal sealed class GuardedPattern(string name, IPattern inner, TimeSpan? limit = null) : IPattern
{
    public PatternDeclaration Declaration => Guard(nameof(Declaration), () => inner.Declaration);

    public IReadOnlyList<PatternFile> Files => Guard(nameof(Files), () => inner.Files.Select(Guarded).ToArray());

    public FailurePolicy Failure => Guard(nameof(Failure), () => inner.Failure);

    // Names are checked before there are machines: a record with an invalid name could not be read again.
    public Topology Topology(TopologyRequest request)
    {
        Topology topology = Guard(nameof(Topology), () => inner.Topology(request));
        HostSpec? wrong = topology.Hosts?.FirstOrDefault(host => host?.Name is { } name && !HostName.IsOne(name));
        return wrong is null ? topology : throw Failed(
            PatternCodes.MemberFailed,
            nameof(Topology),
            $"named a machine '{PlainText.Of(wrong.Name)}'; a name has {HostName.Rule}",
            null);
    }

    public IReadOnlyDictionary<string, object?> Variables(VariablesRequest request) =>
        Guard(nameof(Variables), () => inner.Variables(request));

    public OutputsResult ReadOutputs(OutputsRequest request) =>
        Guard(nameof(ReadOutputs), () => inner.ReadOutputs(request));

    public Inventory Inventory(DeploymentFacts deployment) =>
        Guard(nameof(Inventory), () => inner.Inventory(deployment));

    // A host that is named twice is one target: two parallel runs on it would disturb each other.
    public IReadOnlyList<string> AppTargets(DeploymentFacts deployment)
    {
        string[] targets = Guard(nameof(AppTargets), () => inner.AppTargets(deployment)?.Distinct().ToArray());
        string? unknown = targets.FirstOrDefault(target => deployment.Hosts.All(host => host.Name != target));
        return unknown is null ? targets : throw Failed(
            PatternCodes.MemberFailed,
            nameof(AppTargets),
            $"named the host '{unknown}', which the deployment does not have",
            null);
    }

    public int? AppPort(DeploymentFacts deployment)
    {
        int?[] answer = Guard(nameof(AppPort), () => new[] { inner.AppPort(deployment) });
        return answer[0] is null or (> 0 and <= ushort.MaxValue) ? answer[0] : throw Failed(
            PatternCodes.MemberFailed, nameof(AppPort), $"returned {answer[0]}, which is not a port", null);
    }

    public IReadOnlyList<VerificationCheck> Verification(DeploymentFacts deployment) =>
        Guard(nameof(Verification), () => inner.Verification(deployment));

    public IReadOnlyList<Endpoint> Endpoints(DeploymentFacts deployment) =>
        Guard(nameof(Endpoints), () => inner.Endpoints(deployment));

    public IReadOnlyList<TransitionStep> Transition(TransitionRequest request) =>
        Guard(nameof(Transition), () => inner.Transition(request));

    public IReadOnlyList<RolloutStep> Rollout(DeploymentFacts deployment, string target) =>
        Guard(nameof(Rollout), () => inner.Rollout(deployment, target));

    private PatternFile Guarded(PatternFile file) =>
        file with { Open = () => Guard($"{nameof(Files)} ({file.Path})", file.Open) };

    private T Guard<T>(string member, Func<T?> call)
        where T : class
    {
        T? answer;
        try
        {
            answer = PluginCall.Run(call, limit);
        }
        catch (PluginHangsException slow)
        {
            throw Failed(PatternCodes.MemberHangs, member, slow.Message, slow);
        }
        catch (Exception thrown)
        {
            throw Failed(PatternCodes.MemberFailed, member, $"threw {thrown.GetType().Name}: {thrown.Message}", thrown);
        }

        return answer ?? throw Failed(PatternCodes.MemberFailed, member, "returned null", null);
    }

    private DiagnosticException Failed(string code, string member, string what, Exception? cause) => new(
        ExitCode.Pattern,
        [Diagnostic.Error(
            code,
            $"The pattern '{name}' failed in {member}: it {what}",
            "tell the pattern's author; this is a defect of the pattern")],
        cause);
}
