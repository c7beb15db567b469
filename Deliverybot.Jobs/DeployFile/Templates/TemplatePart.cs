namespace Deliverybot.Jobs.DeployFile.Templates;

/// <summary>Plain text and the value that follows it, if one does.</summary>
internal readonly record struct TemplatePart(string Text, TemplatePath? Path);
