namespace TfgridCompose.Core.Foundation.Codes;

/// <summary>Problems of the values for an app's hooks.</summary>
public static class EnvironmentCodes
{
    public const string EnvFileMissing = "TFC0260";
    public const string DotEnvSyntax = "TFC0261";
    public const string NameInvalid = "TFC0262";
    public const string NameReserved = "TFC0263";
    public const string RequiredMissing = "TFC0264";
    public const string NotAnOption = "TFC0265";
    public const string AssignmentInvalid = "TFC0266";
    public const string NotInProcess = "TFC0267";
    public const string ValueUnusable = "TFC0268";
    public const string ReadableByOthers = "TFC0269";
    public const string NameOfAnsible = "TFC0258";
    public const string ValueMoved = "TFC0259";
}
