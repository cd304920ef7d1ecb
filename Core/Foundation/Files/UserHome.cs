namespace TfgridCompose.Core.Foundation.Files;

/// <summary>The user's home folder: HOME or, if that is not set, the one in passwd.</summary>
public static class UserHome
{
    public const string Variable = "HOME";

    public static string Of(Func<string, string?> variable) =>
        variable(Variable) is { Length: > 0 } given ? given
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } recorded ? recorded
            : "/";
}
