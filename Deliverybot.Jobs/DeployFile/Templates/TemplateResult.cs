namespace Deliverybot.Jobs.DeployFile.Templates;

/// <summary>A rendered template, or why it can't be rendered.</summary>
internal abstract record TemplateResult
{
    private TemplateResult()
    {
    }

    public sealed record Rendered(string Text) : TemplateResult;

    /// <summary>A sentence for the user that names target and key.</summary>
    public sealed record Unrendered(string Message) : TemplateResult;
}
