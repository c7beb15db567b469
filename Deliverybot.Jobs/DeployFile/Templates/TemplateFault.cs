namespace Deliverybot.Jobs.DeployFile.Templates;

/// <summary>What is wrong with a template, and at which of its characters (from 0) the faulty <c>${{</c> begins.</summary>
internal readonly record struct TemplateFault(int Offset, string Message);
