using System.Globalization;
using System.Text.Encodings.Web;
using Deliverybot.Jobs.Engine;
using Deliverybot.Site.Addresses;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Html;

namespace Deliverybot.Site.Operations;

/// <summary>Of a job in Hangfire's dashboard: why it has failed, which of our pages it is about, and the webhooks that it processes.</summary>
internal static class JobAbout
{
    public static NonEscapedString Render(JobDetailsRendererDto page)
    {
        if (page.JobDetails.Job is not { } job)
        {
            return new NonEscapedString("");
        }

        var subjects = page.Page.Context.GetHttpContext().RequestServices.GetRequiredService<JobSubjects>();
        var about = new HtmlContentBuilder();
        if (page.JobDetails.History.FirstOrDefault() is { StateName: "Failed", Reason: { Length: > 0 } reason })
        {
            about.AppendFormat("<p class=\"text-danger\"><strong>{0}</strong></p>", reason);
        }

        AddSubject(about, subjects.Of(job));
        AddDeliveries(about, subjects.DeliveriesOf(job));
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        about.WriteTo(text, HtmlEncoder.Default);
        return new NonEscapedString(text.ToString());
    }

    private static void AddSubject(HtmlContentBuilder about, JobSubject? subject)
    {
        switch (subject)
        {
            case { Deployment: { } deployment, Repository: var repository, Environment: { } environment }:
                about.AppendFormat(
                    "<p>About <a href=\"{0}\">deployment {1} to {2}</a> of <a href=\"{3}\">{4}</a> (<a href=\"{5}\">all jobs of it</a>).</p>",
                    Address.Deployment(repository, deployment), deployment, environment, Address.Environments(repository), repository, Address.JobsOf(deployment));
                break;
            case { Repository: var repository }:
                about.AppendFormat("<p>About <a href=\"{0}\">{1}</a>.</p>", Address.Environments(repository), repository);
                break;
            case null:
                break;
        }
    }

    private static void AddDeliveries(HtmlContentBuilder about, IReadOnlyList<JobDelivery> deliveries)
    {
        if (deliveries is [])
        {
            return;
        }

        about.AppendHtml("<table class=\"table\"><thead><tr><th>Delivery at GitHub</th><th>Event</th><th>Received (UTC)</th><th>Processed (UTC)</th></tr></thead><tbody>");
        foreach (var delivery in deliveries)
        {
            about.AppendFormat(
                "<tr><td><code>{0}</code></td><td>{1}</td><td>{2}</td><td>{3}</td></tr>",
                delivery.Guid, delivery.Event, Stamp(delivery.ReceivedAt), delivery.ProcessedAt is { } at ? Stamp(at) : "not yet");
        }

        about.AppendHtml("</tbody></table>");
    }

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
