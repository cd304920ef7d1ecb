using System.Text.Json;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

internal sealed class ImageVerb(WorldStore store, Computer computer, Streams streams)
{
    public int Ensure(string profile)
    {
        (string path, bool built) = new BaseImage(store.Paths, computer)
            .Ensure(profile, message => Emit(new ImageEvent("progress") { Message = message }));
        Emit(new ImageEvent("done") { Path = path, Built = built });
        return 0;
    }

    private void Emit(ImageEvent line) => streams.Out.WriteLine(JsonSerializer.Serialize(line, ControlJson.Default.ImageEvent));
}
