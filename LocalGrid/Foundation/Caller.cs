using System.Globalization;

namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>The user for whom this process works as root. sudo names the user, who cannot change that.</summary>
/// <param name="User">The user's number; 0 for root itself.</param>
internal sealed record Caller(long User)
{
    public const long Root = 0;

    public static Caller Current { get; } = new(
        Libc.IsRoot && long.TryParse(
            Environment.GetEnvironmentVariable("SUDO_UID"), NumberStyles.None, CultureInfo.InvariantCulture, out long user)
            ? user
            : Root);

    /// <param name="owner">Null if an older build created it, which did not record for whom.</param>
    public bool Owns(long? owner) => owner is null || User == Root || owner == User;

    public void MustOwn(long? owner, string what)
    {
        if (!Owns(owner))
        {
            throw new GridException(
                "It belongs to somebody else",
                $"{what} was created by another user of this computer (number {owner}); choose another name, or ask that user");
        }
    }
}
