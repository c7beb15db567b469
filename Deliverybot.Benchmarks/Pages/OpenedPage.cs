namespace Deliverybot.Benchmarks.Pages;

/// <summary>What the Site answered.</summary>
internal readonly record struct OpenedPage(int Status, long Bytes);
