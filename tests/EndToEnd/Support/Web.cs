namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>Requests from this machine, past any proxy.</summary>
internal static class Web
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };

    public static Task<string> PageAsync(string address, int port = SampleApp.Port, string path = "/") =>
        Client.GetStringAsync(
            new Uri($"http://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{port}{path}"));
}
