using System.Text;
using Deliverybot.Data.Names;
using Shouldly;
using Xunit;

namespace Deliverybot.Tests.Jobs.DeployFile;

public sealed class DeployFileBytesTests
{
    [Fact]
    public void A_byte_order_mark_changes_no_position()
    {
        var error = DeployFileSamples.Errors([.. Encoding.UTF8.Preamble, .. "a: 1"u8]).ShouldHaveSingleItem();
        (error.Line, error.Column).ShouldBe((1, 4));
        DeployFileSamples.Valid([.. Encoding.UTF8.Preamble, .. "a: {}"u8]).Find(new TargetName("a")).ShouldNotBeNull();
    }

    [Fact]
    public void Windows_line_ends_change_no_position()
    {
        DeployFileSamples.Target("a:\r\n  environment: x\r\n  description: |\r\n    y\r\n").Environment.Text.ShouldBe("x");
        var error = DeployFileSamples.Error("a:\r\n  description: |\r\n    x\r\n    y ${{ no }}\r\n");
        (error.Line, error.Column).ShouldBe((4, 7));
    }

    [Theory]
    [InlineData("a:\n\tenvironment: x\n", 2)]
    [InlineData("a:\n  environment: x\n\ttask: y\n", 3)]
    [InlineData("a:\n  payload:\n  \tx: 1\n", 3)]
    public void A_tab_as_indentation_is_named_as_what_it_is(string text, int line)
    {
        var error = DeployFileSamples.Error(text);
        error.Line.ShouldBe(line);
        error.Message.ShouldBe("is indented with a tab, which YAML doesn't allow: use spaces");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment")]
    [InlineData("---\n")]
    [InlineData("---\n...\n")]
    [InlineData("~")]
    public void An_empty_file_says_what_to_write(string text)
    {
        var error = DeployFileSamples.Error(text);
        (error.Line, error.Column, error.Path).ShouldBe((1, 1, ""));
        error.Message.ShouldBe("is empty: write at least one target, such as production: {}");
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_named_by_place()
    {
        var error = DeployFileSamples.Errors([.. "a: {}\nbé: "u8, 0xFF, .. "x"u8]).ShouldHaveSingleItem();
        (error.Line, error.Column).ShouldBe((2, 5));
        error.Message.ShouldContain("UTF-8");
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    public void Other_encodings_are_refused(string encoding)
    {
        var other = Encoding.GetEncoding(encoding);
        DeployFileSamples.Errors([.. other.Preamble, .. other.GetBytes("a: {}")]).ShouldHaveSingleItem().Message.ShouldContain("UTF-8");
    }

    [Fact]
    public void A_control_character_is_no_end_of_file()
    {
        var error = DeployFileSamples.Error("a: {}\n\0b: 1\n");
        (error.Line, error.Column).ShouldBe((2, 1));
        error.Message.ShouldContain("U+0000");
    }

    [Fact]
    public void A_file_of_64_KiB_is_read_and_a_larger_one_is_not()
    {
        var file = new byte[64 * 1024];
        file.AsSpan().Fill((byte)'\n');
        "a: {}"u8.CopyTo(file);
        DeployFileSamples.Valid(file).All.Length.ShouldBe(1);
        DeployFileSamples.Errors([.. file, (byte)'\n']).ShouldHaveSingleItem().Message.ShouldContain("64 KiB");
        DeployFileSamples.Errors(new byte[10_000_000]).ShouldHaveSingleItem().Message.ShouldContain("10,000,000 bytes");
    }

    [Fact]
    public void A_hundred_targets_are_read_and_one_more_is_an_error()
    {
        static string Targets(int count) => string.Concat(Enumerable.Range(1, count).Select(number => $"t{number}: {{}}\n"));
        DeployFileSamples.Valid(Targets(100)).All.Length.ShouldBe(100);
        DeployFileSamples.Error(Targets(101)).ToString().ShouldBe("line 101, column 1: t101 is one target too many: 100 are the limit");
    }

    [Fact]
    public void Twenty_levels_are_read_and_one_more_is_an_error()
    {
        static string Nested(int levels) => $"a: {{ payload: {{ x: {new string('[', levels - 3)}{new string(']', levels - 3)} }} }}";
        DeployFileSamples.Target(Nested(20)).Name.Value.ShouldBe("a");
        DeployFileSamples.Error(Nested(21)).Message.ShouldContain("nested too deeply");
        DeployFileSamples.Error(new string('[', 60_000)).Message.ShouldContain("nested too deeply");
    }

    [Fact]
    public void Aliases_count_as_what_they_stand_for()
    {
        var bomb = string.Concat(Enumerable.Range(1, 9).Select(level =>
            $"    l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat(level == 1 ? "lol" : $"*l{level - 1}", 9))}]\n"));
        DeployFileSamples.Error("a:\n  payload:\n" + bomb).Message.ShouldBe("grows too large: its aliases stand for more than 64 KiB");

        var deep = string.Concat(Enumerable.Range(1, 30).Select(level => $"    l{level}: &l{level} [{(level == 1 ? "x" : $"*l{level - 1}")}]\n"));
        DeployFileSamples.Error("a:\n  payload:\n" + deep).Message.ShouldContain("nested too deeply by this alias");
    }

    [Fact]
    public void A_file_with_very_many_errors_reports_the_first_two_hundred()
    {
        var text = "a: { " + string.Concat(Enumerable.Range(0, 5000).Select(number => $"k{number}: 1, ")) + "}";
        DeployFileSamples.Errors(Encoding.UTF8.GetBytes(text)).Count.ShouldBe(200);
    }
}
