using System.Runtime.ExceptionServices;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>
/// Runs a plugin's code with a limit. What does not come back stays behind on a background thread, which does not keep the process alive.
/// </summary>
internal static class PluginCall
{
    /// <summary>A pattern decides by pure functions: microseconds. The limit leaves room for a starved machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The answer, or what the code threw; <see cref="PluginHangsException"/> where it does not come back.</summary>
    public static T? Run<T>(Func<T?> call, TimeSpan? limit = null)
        where T : class
    {
        T? answer = null;
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                answer = call();
            }
            catch (Exception problem)
            {
                thrown = ExceptionDispatchInfo.Capture(problem);
            }
        })
        {
            IsBackground = true,
            Name = nameof(PluginCall),
        };
        thread.Start();
        if (!thread.Join(limit ?? Limit))
        {
            throw new PluginHangsException(limit ?? Limit);
        }

        thrown?.Throw();
        return answer;
    }
}
