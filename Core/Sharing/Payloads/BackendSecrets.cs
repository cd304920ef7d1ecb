using System.Text.RegularExpressions;
using TfgridCompose.Core.Records;

namespace TfgridCompose.Core.Sharing.Payloads;

/// <summary>Masks the backends' credentials in the environment, in everything that a tool prints.</summary>
internal static partial class BackendSecrets
{
    private const string PostgresConnection = "PG_CONN_STR";
    private const string GoogleCredentials = "GOOGLE_CREDENTIALS";

    private static readonly string[] Whole =
    [
        "PGPASSWORD", "PGSSLPASSWORD",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SSE_CUSTOMER_KEY",
        "TF_HTTP_PASSWORD", "TF_HTTP_CLIENT_PRIVATE_KEY_PEM",
        "CONSUL_HTTP_TOKEN", "CONSUL_HTTP_AUTH",
        "GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_ENCRYPTION_KEY",
        "ARM_ACCESS_KEY", "ARM_SAS_TOKEN", "ARM_CLIENT_SECRET", "ARM_CLIENT_CERTIFICATE",
        "ARM_CLIENT_CERTIFICATE_PASSWORD", "ARM_OIDC_TOKEN", "ARM_OIDC_REQUEST_TOKEN",
        "KUBE_TOKEN", "KUBE_PASSWORD", "KUBE_CLIENT_KEY_DATA",
        RecordState.PassphraseVariable,
    ];

    public static void Mask(Surroundings here)
    {
        foreach (string secret in Whole.Select(variable => here.Environment.GetValueOrDefault(variable))
            .OfType<string>())
        {
            here.Mask.Add(secret);
        }

        // Either a path, which is not a secret, or the key itself.
        if (here.Environment.GetValueOrDefault(GoogleCredentials) is { } google && google.TrimStart().StartsWith('{'))
        {
            here.Mask.Add(google);
        }

        MaskConnection(here, here.Environment.GetValueOrDefault(PostgresConnection) ?? "");
    }

    // Tools may print the whole connection string or its parts.
    private static void MaskConnection(Surroundings here, string connection)
    {
        foreach (Match match in Passwords().Matches(connection))
        {
            string password = match.Groups["password"].Value.Trim('\'');
            here.Mask.Add(connection);
            here.Mask.Add(password);
            here.Mask.Add(Uri.UnescapeDataString(password));
        }
    }

    [GeneratedRegex(
        @"://[^/@:]*:(?<password>[^/@]+)@|\b(ssl)?password\s*=\s*(?<password>'[^']*'|[^\s&]+)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Passwords();
}
