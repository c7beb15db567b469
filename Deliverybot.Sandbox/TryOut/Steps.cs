using Spectre.Console;

namespace Deliverybot.Sandbox.TryOut;

/// <summary>Shows what is being prepared: live on a terminal, line by line elsewhere.</summary>
internal sealed class Steps
{
    private readonly ProgressContext? progress;

    private Steps(ProgressContext? progress) => this.progress = progress;

    public static async Task ShowAsync(Func<Steps, Task> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            await work(new Steps(null));
            return;
        }

        await AnsiConsole.Progress()
            .HideCompleted(false)
            .Columns(
                new SpinnerColumn(Spinner.Known.Dots) { CompletedText = "[green]✓[/]" },
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ElapsedTimeColumn())
            .StartAsync(context => work(new Steps(context)));
    }

    public async Task<T> DoAsync<T>(string name, Func<Task<T>> work)
    {
        if (progress is null)
        {
            Console.WriteLine($"{name} …");
            return await work();
        }

        var task = progress.AddTask(Markup.Escape(name)).IsIndeterminate();
        var result = await work();
        task.IsIndeterminate(false).Value(task.MaxValue);
        return result;
    }

    public Task DoAsync(string name, Func<Task> work) =>
        DoAsync(name, async () =>
        {
            await work();
            return true;
        });
}
