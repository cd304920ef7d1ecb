using System.Runtime.ExceptionServices;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>
/// Runs a plugin's code with a time limit. Code that does not return stays on a background thread, which does not keep
/// the process alive.
/// </summary>
internal static class PluginCall
{
    /// <summary>
    /// Patterns are pure functions that take microseconds. The limit leaves room for an overloaded machine.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The answer. Throws the code's exception, or <see cref="PluginHangsException"/> if it does not return.
    /// </summary>
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
