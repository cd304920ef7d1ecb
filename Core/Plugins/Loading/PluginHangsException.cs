using System.Globalization;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>
/// A plugin's code did not return. Not a <see cref="TimeoutException"/>, which the plugin may throw itself.
/// </summary>
internal sealed class PluginHangsException(TimeSpan limit)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"did not return within {limit.TotalSeconds:0.#} s"));
