using System.Text.Json;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Sharing.Machines;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Sharing.Payloads;

/// <summary>
/// The second state of a shared deployment, which holds its record. Each write names the version that it follows, so
/// none is lost.
/// </summary>
public sealed class RecordState(StateStore store, string where)
{
    /// <summary>The passphrase that all machines are given, for OpenTofu's encryption of the record.</summary>
    public const string PassphraseVariable = "TFGRID_STATE_PASSPHRASE";

    private const string KnownFile = "known";

    /// <param name="here">Tools and environment.</param>
    /// <param name="folder">The folder that holds the backend's file.</param>
    /// <param name="where">What people call it.</param>
    /// <param name="limit">How long one call may take; null for two minutes.</param>
    public static RecordState In(Surroundings here, string folder, string where, TimeSpan? limit = null)
    {
        BackendSecrets.Mask(here);
        var tool = TerraformTool.Require(here.Path);
        IReadOnlyDictionary<string, string?> environment = TerraformEnvironment.ForState(EncryptionOf(here, tool));
        var store = new StateStore(folder, tool, environment, here.Runner)
        {
            Limit = limit ?? StateStore.DefaultLimit,
            Say = text => here.Events.Emit(new Note(text)),
        };
        return new RecordState(store, where);
    }

    /// <summary>The value of TF_ENCRYPTION for records, or null.</summary>
    internal static string? EncryptionOf(Surroundings here, TerraformTool tool) =>
        tool.IsOpenTofu && here.Environment.GetValueOrDefault(PassphraseVariable) is { Length: > 0 } passphrase
            ? StateEncryption.Block(passphrase)
            : null;

    /// <summary>The version that the local copy was made from or written as; null if there is none.</summary>
    public string? KnownVersion => File.Exists(KnownPath) ? PlainFile.ReadText(KnownPath) : null;

    private string KnownPath => Path.Combine(store.Folder, KnownFile);

    public void Know(RecordEnvelope envelope) => PrivateFile.Write(KnownPath, envelope.Version);

    public async Task<RecordEnvelope> PullAsync(CancellationToken cancellation)
    {
        await store.InitAsync(cancellation);
        return RecordEnvelope.Parse(await store.PullAsync(cancellation), where);
    }

    /// <summary>
    /// Writes the version after <paramref name="last"/> and returns what the backend then holds; null if another writer was
    /// faster.
    /// </summary>
    public async Task<RecordEnvelope?> TryPushAsync(
        RecordEnvelope last, SharedPayload payload, CancellationToken cancellation)
    {
        await store.InitAsync(cancellation);
        string next = last.Next(payload);
        ToolResult result = await store.TryPushAsync(next, force: false, cancellation);

        // Always read back: Terraform chooses the serial, and a write may succeed although its answer is lost.
        RecordEnvelope now = await PullAsync(cancellation);
        if (now.Payload is { } written && Text(written) == Text(payload))
        {
            return now;
        }

        if (now.Version == last.Version)
        {
            store.Require(result, "state push");
        }

        return null;
    }

    /// <summary>
    /// The same for the record's holder: if one of the holder's earlier writes succeeded although it seemed to fail, the new
    /// version follows that one.
    /// </summary>
    public async Task<RecordEnvelope?> TryPushAsync(
        RecordEnvelope last, SharedPayload payload, SharedHolder me, CancellationToken cancellation)
    {
        if (await TryPushAsync(last, payload, cancellation) is { } written)
        {
            return written;
        }

        RecordEnvelope now = await PullAsync(cancellation);
        return now.Payload?.Holder == me ? await TryPushAsync(now, payload, cancellation) : null;
    }

    private static string Text(SharedPayload payload) =>
        JsonSerializer.Serialize(payload, SharedJson.Default.SharedPayload);
}
