using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TfgridCompose.LocalGrid.Protocol.Wire;

namespace TfgridCompose.LocalGrid.Protocol;

/// <summary>
/// Unary gRPC over HTTP/2, written by hand (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). The full library
/// takes a third of the provider's start-up time, and Terraform starts the provider three times for each plan.
/// </summary>
internal sealed class GrpcDispatch
{
    private const int PrefixLength = 5;
    private const int StatusOk = 0;
    private const int StatusUnknown = 2;
    private const int StatusUnimplemented = 12;

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Func<byte[], IMessage>> _calls = [];
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GrpcDispatch(ProviderService provider)
    {
        Map("GetSchema", GetProviderSchemaRequest.Parser, provider.GetSchema);
        Map("PrepareProviderConfig", PrepareProviderConfigRequest.Parser, provider.PrepareProviderConfig);
        Map("Configure", ConfigureRequest.Parser, _ => new ConfigureResponse());
        Map("ValidateResourceTypeConfig", ValidateConfigRequest.Parser, provider.ValidateResource);
        Map("ValidateDataSourceConfig", ValidateConfigRequest.Parser, provider.ValidateDataSource);
        Map("UpgradeResourceState", UpgradeResourceStateRequest.Parser, provider.UpgradeResourceState);
        Map("ReadResource", ReadResourceRequest.Parser, provider.ReadResource);
        Map("ReadDataSource", ReadDataSourceRequest.Parser, provider.ReadDataSource);
        Map("PlanResourceChange", PlanResourceChangeRequest.Parser, provider.PlanResourceChange);
        Map("ApplyResourceChange", ApplyResourceChangeRequest.Parser, provider.ApplyResourceChange);
        Map("ImportResourceState", ImportResourceStateRequest.Parser, provider.ImportResourceState);

        // A running apply is short, so it is finished. Terraform waits for it.
        Map("Stop", StopRequest.Parser, _ => new StopResponse());
    }

    /// <summary>Completes when Terraform is done or gone.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Completes at the first call.</summary>
    public Task Connected => _connected.Task;

    public Task HandleAsync(HttpContext context)
    {
        _connected.TrySetResult();
        context.Response.ContentType = "application/grpc";
        return context.Request.Path.Value switch
        {
            "/plugin.GRPCController/Shutdown" => ShutdownAsync(context),
            "/plugin.GRPCBroker/StartStream" => WatchAsync(context),
            { } path when _calls.TryGetValue(path, out Func<byte[], IMessage>? call) => CallAsync(context, call),
            _ => FailAsync(context, StatusUnimplemented, "unimplemented"),
        };
    }

    private void Map<TRequest>(string name, MessageParser<TRequest> parser, Func<TRequest, IMessage> call)
        where TRequest : IMessage<TRequest> =>
        _calls[$"/tfplugin5.Provider/{name}"] = body => call(parser.ParseFrom(body, PrefixLength, body.Length - PrefixLength));

    private static async Task CallAsync(HttpContext context, Func<byte[], IMessage> call)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        IMessage response;
        try
        {
            // Not on Kestrel's thread: an apply may take seconds, and Terraform runs ten at once.
            response = await Task.Factory.StartNew(
                () => call(body.ToArray()), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (Exception e)
        {
            await FailAsync(context, StatusUnknown, e.Message);
            return;
        }

        await WriteAsync(context, response.ToByteArray());
    }

    // Without an answer, Terraform waits two seconds for each provider that it started. A complete response may still be in
    // Kestrel's buffer, so the server ends when Terraform has read it and closes the connection.
    private async Task ShutdownAsync(HttpContext context)
    {
        CancellationToken closed = context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().ConnectionClosed;
        context.Response.OnCompleted(async () =>
        {
            await Task.Delay(ReadLimit, closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ended.TrySetResult();
        });
        await WriteAsync(context, []);
    }

    // Stays open as long as Terraform runs. When it ends, Terraform may have been killed.
    private async Task WatchAsync(HttpContext context)
    {
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (context.RequestAborted.Register(gone.SetResult))
        {
            await gone.Task;
        }

        _ended.TrySetResult();
    }

    private static async Task WriteAsync(HttpContext context, byte[] message)
    {
        byte[] frame = new byte[PrefixLength + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, PrefixLength);
        await context.Response.Body.WriteAsync(frame);
        SetStatus(context, StatusOk, null);
    }

    private static async Task FailAsync(HttpContext context, int status, string message)
    {
        await context.Response.StartAsync();
        SetStatus(context, status, message);
    }

    private static void SetStatus(HttpContext context, int status, string? message)
    {
        IHeaderDictionary trailers = context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        trailers["grpc-status"] = status.ToString(CultureInfo.InvariantCulture);
        if (message is not null)
        {
            trailers["grpc-message"] = Uri.EscapeDataString(message);
        }
    }
}
