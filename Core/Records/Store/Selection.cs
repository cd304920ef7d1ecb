using System.Text;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Store;

/// <summary>The deployment that <c>select</c> chose: meant where neither a target nor the folder one stands in names one. One id in a file.</summary>
public sealed class Selection(TfgridHome home)
{
    /// <summary>Null: none was chosen.</summary>
    public string? Read() => File.Exists(home.Selected) && File.ReadAllText(home.Selected).Trim() is { Length: > 0 } id ? id : null;

    /// <summary>The same, for a listing that pays for every part of the library that it wakes.</summary>
    public string? ReadQuickly() => new FileBuffer().TryRead(home.Selected, out ReadOnlySpan<byte> id) ? Encoding.UTF8.GetString(id.TrimEnd((byte)'\n')) : null;

    public void Choose(string id)
    {
        home.Create();
        PrivateFile.Write(home.Selected, $"{id}\n");
    }

    public void Clear() => File.Delete(home.Selected);

    /// <summary>Where this one is chosen, none is any more.</summary>
    public void Forget(string id)
    {
        if (Read() == id)
        {
            Clear();
        }
    }
}
