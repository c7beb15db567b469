using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Deliverybot.Sandbox.Browser;
using Deliverybot.Tests.Browser;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Sandbox;

public sealed class ChromiumProgramTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("deliverybot-browser-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void One_on_the_path_is_taken()
    {
        var program = Program("chromium");

        ChromiumProgram.Find(wanted: null, $"/nowhere{Path.PathSeparator}{folder}", PackedBrowser()).ShouldBe(program);
    }

    [Fact]
    public void Without_one_on_the_path_it_is_that_from_npm()
    {
        var package = PackedBrowser();

        ChromiumProgram.Find(wanted: null, folder.FullName, package).ShouldBe(package.Unpack());
        ChromiumProgram.Find(wanted: "", path: null, package).ShouldBe(package.Unpack());
    }

    [Fact]
    public void Who_wants_that_from_npm_gets_it_whatever_is_on_the_path()
    {
        Program("google-chrome");
        var package = PackedBrowser();

        ChromiumProgram.Find("npm", folder.FullName, package).ShouldBe(package.Unpack());
    }

    [Fact]
    public void A_program_of_ones_own_goes_first()
    {
        Program("chromium");
        var own = Program("my-browser");

        ChromiumProgram.Find(own, folder.FullName, package: null).ShouldBe(own);
    }

    [Theory]
    [InlineData(null, "Install Chromium or Chrome")]
    [InlineData("npm", "npm has a browser for Linux on x64 only")]
    [InlineData("/no/such/browser", "'/no/such/browser'")]
    public void Where_there_is_none_the_message_says_what_to_do(string? wanted, string said) =>
        Should.Throw<BrowserMissingException>(() => ChromiumProgram.Find(wanted, folder.FullName, package: null)).Message.ShouldContain(said);

    [Fact]
    public async Task Whoever_unpacks_it_at_the_same_time_gets_the_same_whole_browser_with_its_own_libraries_and_fonts()
    {
        var package = PackedBrowser();

        var programs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(package.Unpack, Stop)));

        var program = programs.Distinct().ShouldHaveSingleItem();
        var here = Directory.GetDirectories(Path.Combine(folder.FullName, ".cache")).ShouldHaveSingleItem();
        (await SaidByAsync(program, "--headless")).ShouldBe($"--headless with {here}/lib and {here}/fonts.conf\n");
        (await File.ReadAllTextAsync(Path.Combine(here, "lib", "libnss3.so"), Stop)).ShouldBe("a library");
    }

    [Fact]
    public async Task A_browser_that_does_not_start_is_named_and_can_be_let_go()
    {
        var program = Program("chromium");
        var chromium = new Chromium(() => program);

        var refused = await Should.ThrowAsync<InvalidOperationException>(async () => await chromium.InitializeAsync());
        await chromium.DisposeAsync();

        refused.Message.ShouldStartWith($"{program} didn't start.");
    }

    [Fact]
    public async Task A_browser_that_is_not_there_can_be_let_go()
    {
        var chromium = new Chromium(() => throw new BrowserMissingException("Install one."));

        (await Should.ThrowAsync<BrowserMissingException>(async () => await chromium.InitializeAsync())).Message.ShouldBe("Install one.");
        await chromium.DisposeAsync();
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string Program(string name)
    {
        var file = Path.Combine(folder.FullName, OperatingSystem.IsWindows() ? name + ".exe" : name);
        File.WriteAllText(file, "");
        return file;
    }

    /// <summary>Packed as npm's is, and it tells how it was started.</summary>
    private ChromiumPackage PackedBrowser()
    {
        var package = folder.CreateSubdirectory(Path.Combine("@sparticuz", "chromium"));
        File.WriteAllText(Path.Combine(package.FullName, "package.json"), """{ "version": "1.2.3" }""");
        var bin = package.CreateSubdirectory("bin").FullName;
        Pack(Path.Combine(bin, "chromium.br"), file => file.Write("#!/bin/sh\necho $1 with $LD_LIBRARY_PATH and $FONTCONFIG_FILE\n"u8));
        Pack(Path.Combine(bin, "al2023.tar.br"), file =>
        {
            using var tar = new TarWriter(file, leaveOpen: true);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "lib/libnss3.so") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes("a library")) });
        });
        return new ChromiumPackage(folder.FullName);
    }

    private static void Pack(string path, Action<Stream> write)
    {
        using var packed = new BrotliStream(File.Create(path), CompressionLevel.Fastest);
        write(packed);
    }

    private static async Task<string> SaidByAsync(string program, string argument)
    {
        var start = new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true };
        start.Environment.Remove("LD_LIBRARY_PATH");
        using var process = Process.Start(start).ShouldNotBeNull();
        return await process.StandardOutput.ReadToEndAsync(Stop);
    }
}
