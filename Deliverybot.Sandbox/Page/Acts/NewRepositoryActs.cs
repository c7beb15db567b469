using System.Text.RegularExpressions;
using Deliverybot.Sandbox.Page.Views;
using Deliverybot.Sandbox.Seed;
using Microsoft.AspNetCore.Mvc;

namespace Deliverybot.Sandbox.Page.Acts;

/// <summary>Creating a repository of the team's, whose rights are as in those that are there: ada writes, rita reads.</summary>
internal static partial class NewRepositoryActs
{
    public const string Address = "/_/new";

    public static void Map(RouteGroupBuilder acts, Stage stage) =>
        acts.MapPost("/new", ([FromForm] string name, [FromForm] NewRepository kind) => Create(stage, name.Trim(), kind));

    private static IResult Create(Stage stage, string name, NewRepository kind)
    {
        var world = stage.Server.World;
        if (!Names.IsMatch(name))
        {
            return stage.Refuse("A repository’s name has letters, digits, - . and _, at most 100 of them.", Address);
        }

        var owner = world.FindAccount(DemoOrganisation.Name)!;
        if (world.FindRepository($"{owner.Login}/{name}") is not null)
        {
            return stage.Refuse($"There is a repository {owner.Login}/{name} already.", Address);
        }

        var files = kind == NewRepository.WithoutFile ? DemoFiles.Bare(name) : DemoFiles.New(name);
        var installation = world.Installations.FirstOrDefault(each => each.Account == owner);
        if (kind == NewRepository.WithoutApp && installation is not null)
        {
            world.ChooseRepositories(installation);
        }

        var created = world.CreateRepository(owner, name, files);
        DemoOrganisation.GiveRights(world, created);
        stage.Server.Checks.Watch(created, [.. DemoFiles.ChecksOf(name)]);
        if (kind != NewRepository.WithoutApp && installation?.Covers(created) == false)
        {
            world.AddRepositories(installation, created);
        }

        return Results.Redirect($"/{created.FullName}");
    }

    [GeneratedRegex(@"^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$")]
    private static partial Regex Names { get; }
}
