using System.Globalization;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>A plugin's code did not come back. A type of its own: the plugin may throw a <see cref="TimeoutException"/> itself.</summary>
internal sealed class PluginHangsException(TimeSpan limit)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"did not come back within {limit.TotalSeconds:0.#} s"));
