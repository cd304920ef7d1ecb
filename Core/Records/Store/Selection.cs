using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Store;

/// <summary>
/// The deployment that <c>select</c> chose, used if neither a target nor the current folder names one. One id in a
/// file.
/// </summary>
public sealed class Selection(TfgridHome home)
{
    /// <summary>Null if none is chosen.</summary>
    public string? Read() =>
        File.Exists(home.Selected) && TfgridHome.Read(home.Selected, PlainFile.ReadText).Trim() is { Length: > 0 } id ? id : null;

    public void Choose(string id)
    {
        home.Create();
        PrivateFile.Write(home.Selected, $"{id}\n");
    }

    public void Clear() => File.Delete(home.Selected);

    /// <summary>Clears the selection if it is this deployment.</summary>
    public void Forget(string id)
    {
        if (Read() == id)
        {
            Clear();
        }
    }
}
