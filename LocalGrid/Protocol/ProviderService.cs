using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Protocol.Wire;
using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;
using ByteString = Google.Protobuf.ByteString;

namespace TfgridCompose.LocalGrid.Protocol;

/// <summary>The calls of the Terraform provider protocol. What differs is in each <see cref="ResourceKind"/>.</summary>
internal sealed class ProviderService(IReadOnlyDictionary<string, ResourceKind> kinds)
{
    public GetProviderSchemaResponse GetSchema(GetProviderSchemaRequest request)
    {
        var response = new GetProviderSchemaResponse
        {
            Provider = WireFormat.ToWire(ProviderConfigSchema.Block),
            ServerCapabilities = new ServerCapabilities { GetProviderSchemaOptional = true },
        };
        foreach ((string name, BlockSchema schema) in GridSchemas.Resources)
        {
            response.ResourceSchemas[name] = WireFormat.ToWire(schema);
        }

        foreach ((string name, BlockSchema schema) in GridSchemas.DataSources)
        {
            response.DataSourceSchemas[name] = WireFormat.ToWire(schema);
        }

        return response;
    }

    public PrepareProviderConfigResponse PrepareProviderConfig(PrepareProviderConfigRequest request)
    {
        TerraformObject config = WireFormat.ToObject(request.Config) ?? [];
        IReadOnlyList<GridDiagnostic> problems = ProviderConfig.Prepare(config);
        var response = new PrepareProviderConfigResponse { PreparedConfig = WireFormat.ToWire(config) };
        response.Diagnostics.AddRange(problems.Select(WireFormat.ToWire));
        return response;
    }

    public ValidateConfigResponse ValidateResource(ValidateConfigRequest request)
    {
        var response = new ValidateConfigResponse();
        TerraformObject config = WireFormat.ToObject(request.Config) ?? [];
        response.Diagnostics.AddRange(kinds[request.TypeName].Validate(config).Select(WireFormat.ToWire));
        return response;
    }

    public ValidateConfigResponse ValidateDataSource(ValidateConfigRequest request)
    {
        var response = new ValidateConfigResponse();
        response.Diagnostics.Add(WireFormat.ToWire(NotSimulated.Whole($"data source {request.TypeName}")));
        return response;
    }

    public ReadDataSourceResponse ReadDataSource(ReadDataSourceRequest request)
    {
        var response = new ReadDataSourceResponse { State = WireFormat.Nothing };
        response.Diagnostics.Add(WireFormat.ToWire(NotSimulated.Whole($"data source {request.TypeName}")));
        return response;
    }

    /// <summary>Called on every refresh: a state that an older build wrote gets the current schema's attributes.</summary>
    public UpgradeResourceStateResponse UpgradeResourceState(UpgradeResourceStateRequest request)
    {
        var state = TerraformJson.Parse(request.RawState.Json.Memory) as TerraformObject;
        return new UpgradeResourceStateResponse
        {
            UpgradedState = WireFormat.ToWire(state is null ? null : ObjectShape.Conform(kinds[request.TypeName].Schema, state)),
        };
    }

    public ReadResourceResponse ReadResource(ReadResourceRequest request)
    {
        var response = new ReadResourceResponse { NewState = request.CurrentState, Private = request.Private };
        Guard(response.Diagnostics, () =>
        {
            DynamicValue? before = FailedUpdate.Before(request.Private);
            if (WireFormat.ToObject(before ?? request.CurrentState) is { } state)
            {
                ReadResult found = kinds[request.TypeName].Read(state);
                response.NewState = WireFormat.ToWire(found.State);
                response.Private = before is null ? request.Private : ByteString.Empty;
                response.Diagnostics.AddRange(found.Warning is { } warning ? [WireFormat.ToWire(warning)] : []);
            }
        });
        return response;
    }

    /// <summary>
    /// The Go SDK sets `legacy_type_system`, too. It allows defaults in a plan for attributes that are not computed, so that
    /// the schema can be exactly the real provider's.
    /// </summary>
    public PlanResourceChangeResponse PlanResourceChange(PlanResourceChangeRequest request)
    {
        var response = new PlanResourceChangeResponse
        {
            PlannedState = request.ProposedNewState,
            PlannedPrivate = request.PriorPrivate,
            LegacyTypeSystem = true,
        };
        Guard(response.Diagnostics, () =>
        {
            response.PlannedState = WireFormat.ToWire(ResourcePlan.Make(
                kinds[request.TypeName],
                WireFormat.ToObject(request.Config),
                WireFormat.ToObject(request.PriorState),
                WireFormat.ToObject(request.ProposedNewState)));
        });
        return response;
    }

    public ApplyResourceChangeResponse ApplyResourceChange(ApplyResourceChangeRequest request)
    {
        var response = new ApplyResourceChangeResponse { NewState = request.PriorState, LegacyTypeSystem = true };
        ResourceKind kind = kinds[request.TypeName];
        TerraformObject? prior = WireFormat.ToObject(request.PriorState);
        TerraformObject? planned = WireFormat.ToObject(request.PlannedState);
        Guard(response.Diagnostics, () =>
        {
            if (planned is not null)
            {
                response.NewState = WireFormat.ToWire(kind.Apply(planned, prior));
            }
            else
            {
                kind.Delete(prior ?? []);
                response.NewState = WireFormat.Nothing;
            }
        });
        if (planned is not null && response.Diagnostics.Count > 0)
        {
            KeepFailure(request, response, planned, prior);
        }

        return response;
    }

    /// <summary>
    /// As in the Go SDK, the id decides: a create that failed and set one is kept, and Terraform taints it; an update that failed
    /// keeps what was planned.
    /// </summary>
    private static void KeepFailure(
        ApplyResourceChangeRequest request, ApplyResourceChangeResponse response, TerraformObject planned, TerraformObject? prior)
    {
        if (planned.Text("id") is not { Length: > 0 })
        {
            return;
        }

        response.NewState = WireFormat.ToWire(FailedUpdate.Settle(planned, prior));
        response.Private = prior is null ? ByteString.Empty
            : FailedUpdate.Before(request.PlannedPrivate) is null ? FailedUpdate.Remember(request.PriorState)
            : request.PlannedPrivate;
    }

    public ImportResourceStateResponse ImportResourceState(ImportResourceStateRequest request)
    {
        var response = new ImportResourceStateResponse();
        response.Diagnostics.Add(WireFormat.ToWire(GridDiagnostic.Error(
            "Import is not supported", $"{request.TypeName} cannot be imported: the real provider cannot either")));
        return response;
    }

    // Terraform shows a diagnostic as an error, but a failed call as a crash of the plugin.
    private static void Guard(ICollection<Diagnostic> diagnostics, Action action)
    {
        try
        {
            action();
        }
        catch (GridException e)
        {
            diagnostics.Add(WireFormat.ToWire(GridDiagnostic.Error(e.Summary, e.Message, e.Path)));
        }
        catch (Exception e)
        {
            string detail = $"{e.GetType().Name}: {e.Message}\n{e.StackTrace}";
            diagnostics.Add(WireFormat.ToWire(GridDiagnostic.Error("The local grid failed", detail)));
        }
    }
}
