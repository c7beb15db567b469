using Deliverybot.Sandbox.Processes;
using Deliverybot.Site.Addresses;
using k8s;
using k8s.Models;
using Shouldly;
using Xunit;
using YamlDotNet.Serialization;

namespace Deliverybot.Tests.Packages;

public sealed class KubernetesTests
{
    /// <summary>The user of the base image (<see href="https://github.com/dotnet/dotnet-docker/blob/main/documentation/hosting-aspnetcore-in-containers.md"/>).</summary>
    private const long AppUser = 1654;

    private const string Kustomization = "kustomization.yaml";

    private static readonly string[] Files =
        [.. Directory.GetFiles(RepositoryFolder.Of("deploy", "kubernetes"), "*.yaml").Where(file => Path.GetFileName(file) != Kustomization).Order()];

    private static readonly IKubernetesObject<V1ObjectMeta>[] Objects = [.. Files.SelectMany(Read)];

    private static IEnumerable<V1PodTemplateSpec> Templates =>
        Objects.OfType<V1Deployment>().Select(deployment => deployment.Spec.Template).Concat(Objects.OfType<V1Job>().Select(job => job.Spec.Template));

    public static TheoryData<string> Pods => [.. Templates.Select(template => template.Spec.Containers[0].Name)];

    [Fact]
    public void There_is_all_that_runs_the_Site() => Objects.Select(item => $"{item.Kind} {item.Metadata.Name}").ShouldBe(
        [
            "Namespace deliverybot", "ConfigMap deliverybot", "Job deliverybot-migrate", "Service deliverybot",
            "Deployment deliverybot-web", "PodDisruptionBudget deliverybot-web", "Deployment deliverybot-worker", "PodDisruptionBudget deliverybot-worker",
            "NetworkPolicy deliverybot", "NetworkPolicy deliverybot-web",
        ], ignoreOrder: true);

    [Fact]
    public void An_unknown_field_would_be_noticed() =>
        Should.Throw<Exception>(() => KubernetesYaml.LoadAllFromString("apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  prots: []\n", strict: true));

    [Fact]
    public void All_files_are_applied_together()
    {
        var read = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(File.ReadAllText(RepositoryFolder.Of("deploy", "kubernetes", Kustomization)));

        ((List<object>)read["resources"]).Cast<string>().ShouldBe(Files.Select(file => Path.GetFileName(file)), ignoreOrder: true);
        Objects.Where(item => item is not V1Namespace).ShouldAllBe(item => item.Metadata.NamespaceProperty == (string)read["namespace"]);
    }

    [Theory]
    [MemberData(nameof(Pods))]
    public void A_pod_is_no_root_and_writes_nowhere_but_in_tmp(string name)
    {
        var pod = PodOf(name);
        var container = pod.Containers.ShouldHaveSingleItem();

        pod.AutomountServiceAccountToken.ShouldBe(false);
        pod.SecurityContext.RunAsNonRoot.ShouldBe(true);
        pod.SecurityContext.RunAsUser.ShouldBe(AppUser);
        pod.SecurityContext.FsGroup.ShouldBe(AppUser);
        pod.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault");
        container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true);
        container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
        container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
        pod.Volumes.Where(volume => volume.EmptyDir is not null).ShouldAllBe(volume => volume.EmptyDir.SizeLimit != null);
        container.VolumeMounts.Where(mount => mount.ReadOnlyProperty != true).Select(mount => mount.MountPath).ShouldBe(["/tmp"]);
        container.Resources.Requests.Keys.ShouldBe(["cpu", "memory"]);
        container.Resources.Limits.Keys.ShouldBe(["memory"]);
    }

    [Theory]
    [MemberData(nameof(Pods))]
    public void A_pod_takes_a_version_and_only_settings_that_there_are(string name)
    {
        var container = PodOf(name).Containers[0];

        container.Image.Split(':').ShouldSatisfyAllConditions(parts => parts.Length.ShouldBe(2), parts => parts[1].ShouldNotBe("latest"));
        SettingNames.UnknownOf((container.Env ?? []).Select(setting => setting.Name)).ShouldBeEmpty();
        container.EnvFrom.Where(source => source.SecretRef is not null).Select(source => source.SecretRef.Name).ShouldBe(["deliverybot"]);
        SettingNames.UnknownOf(Objects.OfType<V1ConfigMap>().SelectMany(map => map.Data.Keys)).ShouldBeEmpty();
        Objects.OfType<V1Secret>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("web")]
    [InlineData("worker")]
    public void What_goes_on_running_is_asked_how_it_is_and_ended_gently(string name)
    {
        var pod = PodOf(name);
        var container = pod.Containers[0];

        container.Ports.ShouldHaveSingleItem().ContainerPort.ShouldBe(8080);
        container.StartupProbe.HttpGet.Path.ShouldBe(Address.HealthLive);
        container.LivenessProbe.HttpGet.Path.ShouldBe(Address.HealthLive);
        container.ReadinessProbe.HttpGet.Path.ShouldBe(Address.HealthReady);
        new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe }.ShouldAllBe(probe => probe.HttpGet.Port.Value == container.Ports[0].Name);
        container.Env.ShouldHaveSingleItem().Value.ShouldBe(name);
        // .NET gives what is under way 30 s.
        pod.TerminationGracePeriodSeconds.ShouldNotBeNull().ShouldBeGreaterThan(container.Lifecycle.PreStop.Sleep.Seconds + 30);
        pod.Volumes.Single(volume => volume.Secret is not null).Secret.DefaultMode.ShouldBe(Convert.ToInt32("440", 8));
    }

    [Fact]
    public void Every_selector_finds_its_pods()
    {
        var labels = Templates.Select(template => template.Metadata.Labels).ToList();
        var selectors = Objects.OfType<V1Deployment>().Select(deployment => deployment.Spec.Selector.MatchLabels)
            .Concat(Objects.OfType<V1PodDisruptionBudget>().Select(budget => budget.Spec.Selector.MatchLabels))
            .Concat(Objects.OfType<V1NetworkPolicy>().Select(policy => policy.Spec.PodSelector.MatchLabels))
            .Concat(Objects.OfType<V1Service>().Select(service => service.Spec.Selector));

        selectors.ShouldAllBe(selector => labels.Any(pod => selector.All(label => pod.Contains(label))));
    }

    [Fact]
    public void A_job_migrates_and_nobody_else()
    {
        PodOf("migrate").Containers[0].Args.ShouldBe(["migrate"]);
        Objects.OfType<V1ConfigMap>().ShouldHaveSingleItem().Data["Deliverybot__MigrateOnStart"].ShouldBe("false");
    }

    private static V1PodSpec PodOf(string container) => Templates.Single(template => template.Spec.Containers[0].Name == container).Spec;

    private static IEnumerable<IKubernetesObject<V1ObjectMeta>> Read(string file) =>
        KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true).Cast<IKubernetesObject<V1ObjectMeta>>();
}
