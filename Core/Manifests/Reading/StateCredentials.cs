using System.Text.RegularExpressions;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Recognizes a backend's credentials by name and form: they may come only from the environment.</summary>
internal static partial class StateCredentials
{
    private static readonly string[] Innocent = ["skip_", "use_", "kms_"];
    private static readonly string[] FileEndings = ["_file", "_files", "_path", "_file_path"];

    /// <summary>The variables that a backend reads them from, to show in a message.</summary>
    public static string VariablesOf(string kind) => kind switch
    {
        "pg" => "PG_CONN_STR (or PGPASSWORD)",
        "s3" => "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (AWS_SSE_CUSTOMER_KEY for an encryption key)",
        "http" => "TF_HTTP_USERNAME and TF_HTTP_PASSWORD",
        "consul" => "CONSUL_HTTP_TOKEN or CONSUL_HTTP_AUTH",
        "gcs" => "GOOGLE_APPLICATION_CREDENTIALS (GOOGLE_ENCRYPTION_KEY for an encryption key)",
        "azurerm" => "ARM_ACCESS_KEY, ARM_SAS_TOKEN or ARM_CLIENT_SECRET",
        "kubernetes" => "KUBE_TOKEN or KUBE_CONFIG_PATH",
        _ => "the backend's environment variables",
    };

    public static bool IsCredential(string kind, string key, string value) =>
        NamesOne(key) || IsKeyInCertificate(kind, key) || UserInfo().IsMatch(value) || PasswordWord().IsMatch(value);

    private static bool NamesOne(string key) =>
        CredentialName().IsMatch(key)
        && !Innocent.Any(start => key.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        && !FileEndings.Any(end => key.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    // azurerm's is a bundle that includes the private key; kubernetes' is only a certificate.
    private static bool IsKeyInCertificate(string kind, string key) =>
        kind == "azurerm" && key.Equals("client_certificate", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        "access_key|secret_key|client_secret|token|password|passwd|credentials|private_key|client_key|encryption_key"
            + "|customer_key|http_auth|passphrase",
        RegexOptions.IgnoreCase)]
    private static partial Regex CredentialName();

    // postgres://me:password@host
    [GeneratedRegex("://[^/@]*:[^/@]+@")]
    private static partial Regex UserInfo();

    // host=db password=... sslpassword=...
    [GeneratedRegex(@"\b(ssl)?password\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordWord();
}
