namespace TfgridCompose.Core.Looking.Leaks;

/// <summary>A place where deployments are known from: this user's state folder, a shared backend.</summary>
public interface IKnownDeployments
{
    /// <summary>Every deployment that this place knows. Throws <see cref="DiagnosticException"/> where it cannot be read.</summary>
    Task<IReadOnlyList<KnownDeployment>> ReadAsync(CancellationToken cancellation);
}
