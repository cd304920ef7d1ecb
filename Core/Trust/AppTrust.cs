using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;

namespace TfgridCompose.Core.Trust;

/// <summary>Lets an app's code act on this computer only if the user has agreed to exactly that code.</summary>
public sealed class AppTrust(Surroundings here)
{
    private readonly TrustedApps _trusted = new(here.Store);

    /// <summary>A question about the parts that the user has not agreed to; null if there are none.</summary>
    public TrustQuestion? Open(AppCode code)
    {
        if (code.Parts.Count == 0)
        {
            return null;
        }

        TrustedApp? before = _trusted.Of(code.AppFolder);
        CodePart[] open = [.. code.Parts.Where(part => before?.Of(part.Kind)?.Content != part.Content)];
        return open.Length == 0 ? null : new TrustQuestion(code with { Parts = open }, before);
    }

    /// <summary>Asks if there are such parts, and remembers a yes. Throws TFC0318 if the answer is no.</summary>
    public void Require(AppCode code, Func<TrustQuestion, bool> agrees)
    {
        if (Open(code) is not { } question)
        {
            return;
        }

        if (!agrees(question))
        {
            throw new DiagnosticException(
                ExitCode.Prerequisite,
                PhaseCodes.NotTrusted,
                $"You did not agree that code of {code.AppName} ({code.AppFolder}) acts on this computer; nothing was done.",
                "read that code; if you trust it, run the command again");
        }

        DateTimeOffset now = here.Clock.GetUtcNow();
        _trusted.Add(code.AppFolder, [.. question.Code.Parts.Select(part => TrustedPart.Of(part, now))]);
        here.Events.Emit(new Note($"agreed; {here.Home.Trusted} remembers it"));
    }
}
